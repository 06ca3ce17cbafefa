/** `1 message`, `2 messages`. */
export function messagesText(count: number): string {
  return count === 1 ? '1 message' : `${count} messages`;
}
