/** Without what would break the line or move the cursor: names and details come from modules, files and people. */
export function onOneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ');
}
