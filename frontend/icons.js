// The mark of the brand, a sun over threads, as the icons that an installed page needs: no
// picture lies in the repository, and every size is drawn from the same few numbers.
import { deflateSync } from "node:zlib";

const GRID = 22;
const SUN = { x: 11, y: 6.48, r: 6.45, low: 12 };
const THREADS = [
  { x: 1, y: 13.5, wide: 20 },
  { x: 4, y: 16.85, wide: 14 },
  { x: 7, y: 20.2, wide: 8 },
];
const THICK = 1.8;
const DARK = [19, 20, 22];
const LIGHT = [244, 244, 242];
const FINE = 3; // samples a pixel, in each direction

const inMark = (x, y) =>
  (y < SUN.low && Math.hypot(x - SUN.x, y - SUN.y) < SUN.r) ||
  THREADS.some((line) => y >= line.y && y < line.y + THICK && x >= line.x && x < line.x + line.wide);

function inTile(x, y, round) {
  const reach = (at) => Math.max(0, Math.abs(at - 0.5) - 0.5 + round);
  return Math.hypot(reach(x), reach(y)) <= round;
}

export function svg() {
  const half = Math.sqrt(SUN.r ** 2 - (SUN.low - SUN.y) ** 2);
  const sun = `M${(SUN.x - half).toFixed(2)} ${SUN.low}A${SUN.r} ${SUN.r} 0 1 1 ${(SUN.x + half).toFixed(2)} ${SUN.low}Z`;
  const threads = THREADS.map((line) => `M${line.x} ${line.y}h${line.wide}v${THICK}h-${line.wide}Z`);
  const ink = "path{fill:#131416}@media(prefers-color-scheme:dark){path{fill:#f4f4f2}}";
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${GRID} ${GRID}"><style>${ink}</style><path d="${sun}${threads.join("")}"/></svg>`;
}

// `share` of the width is the mark; `round` is the radius of the tile, 0 for one without corners.
export function png(size, { share, round }) {
  const rows = Buffer.alloc(size * (1 + size * 4));
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++) {
      const at = row * (1 + size * 4) + 1 + column * 4;
      rows.set(pixel(column / size, row / size, { step: 1 / size, share, round }), at);
    }
  }
  const head = Buffer.from([0, 0, 0, 0, 0, 0, 0, 0, 8, 6, 0, 0, 0]); // eight bits, RGBA
  head.writeUInt32BE(size, 0);
  head.writeUInt32BE(size, 4);
  const signature = Buffer.from("\x89PNG\r\n\x1a\n", "latin1");
  const parts = [chunk("IHDR", head), chunk("IDAT", deflateSync(rows, { level: 9 })), chunk("IEND")];
  return Buffer.concat([signature, ...parts]);
}

function pixel(left, top, { step, share, round }) {
  let tile = 0;
  let mark = 0;
  for (let sample = 0; sample < FINE ** 2; sample++) {
    const x = left + (((sample % FINE) + 0.5) / FINE) * step;
    const y = top + ((Math.floor(sample / FINE) + 0.5) / FINE) * step;
    if (!inTile(x, y, round)) continue;
    tile += 1;
    const [u, v] = [x, y].map((at) => ((at - 0.5) / share + 0.5) * GRID);
    if (inMark(u, v)) mark += 1;
  }
  const part = tile ? mark / tile : 0;
  const colour = DARK.map((dark, index) => Math.round(dark + (LIGHT[index] - dark) * part));
  return [...colour, Math.round((255 * tile) / FINE ** 2)];
}

function crc(bytes) {
  let rest = ~0;
  for (const byte of bytes) {
    rest ^= byte;
    for (let bit = 0; bit < 8; bit++) rest = (rest >>> 1) ^ (rest & 1 && 0xedb88320);
  }
  return ~rest >>> 0;
}

function chunk(name, data = Buffer.alloc(0)) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(data.length);
  check.writeUInt32BE(crc(body));
  return Buffer.concat([length, body, check]);
}
