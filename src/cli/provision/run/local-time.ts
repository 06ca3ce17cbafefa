/** Hours, minutes and seconds in the time zone of the machine, e.g. `14:03:59`; `at` is ms since 1970. */
export function localTime(at: number): string {
  const time = new Date(at);
  return [time.getHours(), time.getMinutes(), time.getSeconds()]
    .map((value) => String(value).padStart(2, '0'))
    .join(':');
}
