// A photo small enough for a village network, drawn anew: what the camera wrote into the
// file (place, time, device) is not copied, only the picture is.

const LONGEST = 1600;
const QUALITY = 0.8;

export async function redrawn(file) {
  const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
  const scale = Math.min(1, LONGEST / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(picture.width * scale));
  canvas.height = Math.max(1, Math.round(picture.height * scale));
  const brush = canvas.getContext("2d");
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
  if (!blob) throw new Error("the picture could not be drawn");
  return blob.arrayBuffer();
}

export async function draw(canvas, bytes) {
  const picture = await createImageBitmap(new Blob([bytes], { type: "image/jpeg" }));
  canvas.width = 160;
  canvas.height = Math.round(160 * picture.height / picture.width);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  canvas.hidden = false;
}

export function base64(bytes) {
  const part = 0x8000;
  let text = "";
  const all = new Uint8Array(bytes);
  for (let at = 0; at < all.length; at += part) text += String.fromCharCode(...all.subarray(at, at + part));
  return btoa(text);
}
