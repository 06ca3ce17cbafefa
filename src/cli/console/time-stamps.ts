/** `abs`: time of day; `delta`: since the line before; `off`: none. */
type TimeStyle = 'abs' | 'delta' | 'off';

export const TIME_STYLES: readonly TimeStyle[] = ['abs', 'delta', 'off'];

/** The time stamps in front of lines. */
export class TimeStamps {
  style: TimeStyle;
  #last: number | undefined;

  constructor(style: TimeStyle) {
    this.style = style;
  }

  /** `time` in ms since 1970. Each call counts as a line. */
  next(time: number): string {
    const since = time - (this.#last ?? time);
    this.#last = time;
    if (this.style === 'off') return '';
    if (this.style === 'delta') return `+${(since / 1000).toFixed(3).padStart(7)} `;
    const date = new Date(time);
    const clock = [date.getHours(), date.getMinutes(), date.getSeconds()]
      .map((part) => pad(part, 2))
      .join(':');
    return `${clock}.${pad(date.getMilliseconds(), 3)} `;
  }
}

function pad(value: number, digits: number): string {
  return String(value).padStart(digits, '0');
}
