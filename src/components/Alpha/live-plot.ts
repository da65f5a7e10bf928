export function wake(_: HTMLElement, __: Event | null): void {}
