// A picture that is too heavy for a lesson is made smaller here, before it travels: widths first, then quality.

const WIDTHS_PX = [1_200, 900, 700, 500];
const QUALITIES = [0.85, 0.7, 0.55];

export function shrinkPictures(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-most-bytes]")) {
    input.addEventListener("change", () => void shrink(input));
  }
}

/** Puts a lighter copy in the file's place. What cannot be read is sent as it is: the server says why it will not do. */
async function shrink(input: HTMLInputElement): Promise<void> {
  const most = Number(input.dataset["mostBytes"]);
  const file = input.files?.[0];
  const status = document.getElementById(input.dataset["status"] ?? "");
  if (status) status.textContent = "";
  // A drawn copy of an animation would stand still.
  if (!file || file.size <= most || file.type === "image/gif") return;
  const picture = await createImageBitmap(file).catch(() => null);
  const lighter = picture && (await findLighter(picture, most));
  if (!lighter) return;
  const name = file.name.replace(/\.[^.]*$/, "") + (lighter.type === "image/webp" ? ".webp" : ".jpg");
  const files = new DataTransfer();
  files.items.add(new File([lighter], name, { type: lighter.type }));
  input.files = files.files;
  if (status) {
    const text = status.dataset["text"] ?? "";
    status.textContent = text.replace("{kib}", String(Math.ceil(lighter.size / 1024)));
  }
}

async function findLighter(picture: ImageBitmap, most: number): Promise<Blob | null> {
  for (const quality of QUALITIES) {
    for (const width of WIDTHS_PX) {
      const drawn = await draw(picture, Math.min(width, picture.width), quality);
      if (drawn && drawn.size <= most) return drawn;
    }
  }
  return null;
}

/** WebP where the browser writes it, else JPEG on white. */
async function draw(picture: ImageBitmap, width: number, quality: number): Promise<Blob | null> {
  const canvas = document.createElement("canvas");
  canvas.width = width;
  canvas.height = Math.max(1, Math.round((picture.height * width) / picture.width));
  const pen = canvas.getContext("2d");
  if (!pen) return null;
  pen.fillStyle = "#fff";
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
  const webp = await toBlob(canvas, "image/webp", quality);
  return webp?.type === "image/webp" ? webp : toBlob(canvas, "image/jpeg", quality);
}

function toBlob(canvas: HTMLCanvasElement, type: string, quality: number): Promise<Blob | null> {
  return new Promise((resolve) => canvas.toBlob(resolve, type, quality));
}
