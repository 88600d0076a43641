// Bundles the stylesheet, what some pages have beside it, and one script: htmx starts in a timer, so an extension that came in
// a second script could register too late and its connection would silently never open.
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { createHash } from "node:crypto";
import { build } from "esbuild";
import { png, svg } from "./icons.js";

const OUT = process.argv[2] ?? "dist";
const SHEETS = ["settings", "reports", "chat"];
const LICENCES = {
  "htmx.org": "node_modules/htmx.org/LICENSE",
  "geist": "node_modules/@fontsource-variable/geist/LICENSE",
};

const ICONS = {
  "icon.svg": svg(),
  "icon-192.png": png(192, { share: 0.6, round: 0.22 }),
  "icon-512.png": png(512, { share: 0.6, round: 0.22 }),
  "icon-maskable.png": png(512, { share: 0.5, round: 0 }),
  "icon-touch.png": png(180, { share: 0.6, round: 0 }),
};

rmSync(OUT, { recursive: true, force: true });
mkdirSync(join(OUT, "licences"), { recursive: true });
const { metafile } = await build({
  entryPoints: {
    app: "js/app.js",
    style: "css/app.css",
    ...Object.fromEntries(SHEETS.map((name) => [name, `css/sheets/${name}.css`])),
  },
  bundle: true,
  minify: true,
  metafile: true,
  outdir: OUT,
  entryNames: "[name]-[hash]",
  assetNames: "[name]-[hash]",
  format: "iife",
  target: ["chrome123", "firefox120", "safari17.5"],
  loader: { ".woff2": "file" },
  legalComments: "none",
});

const manifest = {};
for (const [path, output] of Object.entries(metafile.outputs)) {
  const file = basename(path);
  const entry = output.entryPoint ?? Object.keys(output.inputs)[0];
  manifest[basename(entry)] = file;
  if (file.endsWith(".woff2")) continue;
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: 9 }));
  const quality = { [constants.BROTLI_PARAM_QUALITY]: 11 };
  writeFileSync(`${path}.br`, brotliCompressSync(bytes, { params: quality }));
}
for (const [name, bytes] of Object.entries(ICONS)) {
  const hash = createHash("sha256").update(bytes).digest("hex").slice(0, 8);
  manifest[name] = name.replace(".", `-${hash}.`);
  writeFileSync(join(OUT, manifest[name]), bytes);
}
for (const [name, path] of Object.entries(LICENCES)) {
  cpSync(path, join(OUT, "licences", `${name}.txt`));
}
writeFileSync(join(OUT, "manifest.json"), JSON.stringify(manifest, null, 2));
