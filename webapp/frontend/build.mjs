// Builds webapp/static/dist from src/ and styles/: minified, named by content, gzipped, with a manifest.
// Two builds of the same sources and lock file are the same byte for byte, so the result is committed and compared.
import { build } from "esbuild";
import { gzipSync } from "fflate"; // pinned, unlike Node's zlib: the same bytes under every Node
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = process.env.AULA_DIST ?? join(here, "..", "static", "dist");

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });

const { metafile } = await build({
  absWorkingDir: here,
  entryPoints: {
    site: "src/site.ts",
    lesson: "src/lesson.ts",
    teaching: "src/teaching.ts",
    workshop: "src/workshop.ts",
    "site-styles": "styles/site.css",
    "lesson-styles": "styles/lesson-page.css",
    "teaching-styles": "styles/teaching.css",
    "workshop-styles": "styles/workshop.css",
  },
  outdir: dist,
  entryNames: "[name].[hash]",
  chunkNames: "[name].[hash]",
  bundle: true,
  splitting: true,
  format: "esm",
  target: ["chrome109", "firefox115", "safari15.6"],
  minify: true,
  legalComments: "none", // they are gathered whole in THIRD_PARTY.txt
  external: ["*.woff2"],
  metafile: true,
  logLevel: "warning",
});

const manifest = {};
const names = { "src/site.ts": "site.js", "src/lesson.ts": "lesson.js", "src/editor.ts": "editor.js", "styles/site.css": "site.css", "styles/lesson-page.css": "lesson.css", "src/teaching.ts": "teaching.js", "styles/teaching.css": "teaching.css", "src/workshop.ts": "workshop.js", "styles/workshop.css": "workshop.css" };
for (const [path, output] of Object.entries(metafile.outputs)) {
  if (output.entryPoint in names) manifest[names[output.entryPoint]] = basename(path);
}

const sorted = Object.fromEntries(Object.entries(manifest).sort());
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(sorted, null, 2)}\n`);
await writeFile(join(dist, "THIRD_PARTY.txt"), await licences(metafile));

for (const name of (await readdir(dist)).sort()) {
  if (/\.(js|css)$/.test(name)) {
    await writeFile(join(dist, `${name}.gz`), gzipSync(await readFile(join(dist, name)), { level: 9, mtime: 0 }));
  }
}

/** The licence of every package whose code is in the bundle, in order of name. */
async function licences({ inputs }) {
  const found = Object.keys(inputs).map((path) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]);
  const texts = [...new Set(found.filter(Boolean))].sort().map(async (name) => {
    const folder = join(here, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = file ? (await readFile(join(folder, file), "utf8")).trim() : "";
    return `${name} ${version} (${license})\n\n${text}\n`;
  });
  return `The scripts in this folder contain code of these packages.\n\n${(await Promise.all(texts)).join(`\n${"-".repeat(72)}\n\n`)}`;
}
