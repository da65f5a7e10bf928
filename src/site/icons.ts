/** Pixels: an icon of Apple's home screen, and the two that installing wants. */
export const iconSizes = [180, 192, 512] as const;
/** The page's ground in light colours, as in `tokens.css`. */
export const paper = '#fdfcfa';
