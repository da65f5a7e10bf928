/** A part of a picture that a reader cuts out: a box of fixed proportions, in pixels of the picture. */

export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

export interface CropBox extends PictureSize {
  readonly left: number;
  readonly top: number;
}

/** The narrowest box, in pixels. */
const LEAST = 8;

/** The largest box of the proportions, in the middle. @param aspect width / height */
export function largestBox({ width, height }: PictureSize, aspect: number): CropBox {
  const wide = Math.min(width, height * aspect);
  return { left: (width - wide) / 2, top: (height - wide / aspect) / 2, width: wide, height: wide / aspect };
}

/** The box moved by pixels of the picture, kept inside of it. */
export function moveBox(picture: PictureSize, box: CropBox, right: number, down: number): CropBox {
  const within = (value: number, most: number): number => Math.min(Math.max(value, 0), most);
  return {
    ...box,
    left: within(box.left + right, picture.width - box.width),
    top: within(box.top + down, picture.height - box.height),
  };
}

/** The box made larger (factor above 1) or smaller around its middle, kept inside of the picture. */
export function scaleBox(picture: PictureSize, box: CropBox, factor: number): CropBox {
  const aspect = box.width / box.height;
  const most = largestBox(picture, aspect).width;
  const width = Math.min(most, Math.max(Math.min(LEAST, most), box.width * factor));
  const height = width / aspect;
  const scaled = {
    left: box.left + (box.width - width) / 2,
    top: box.top + (box.height - height) / 2,
    width,
    height,
  };
  return moveBox(picture, scaled, 0, 0);
}

/** The box between two opposite corners of a drag, as large as the longer way asks for and kept inside of the picture. */
export function dragBox(
  picture: PictureSize,
  aspect: number,
  from: { readonly x: number; readonly y: number },
  to: { readonly x: number; readonly y: number },
): CropBox {
  const [leftwards, upwards] = [to.x < from.x, to.y < from.y];
  const room = {
    width: leftwards ? from.x : picture.width - from.x,
    height: upwards ? from.y : picture.height - from.y,
  };
  const wanted = Math.max(Math.abs(to.x - from.x), Math.abs(to.y - from.y) * aspect, LEAST);
  const width = Math.min(wanted, room.width, room.height * aspect);
  const height = width / aspect;
  return { left: leftwards ? from.x - width : from.x, top: upwards ? from.y - height : from.y, width, height };
}
