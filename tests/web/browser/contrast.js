// What is written where, in which colour: `collect` in the page, `measure` over its picture.
({
  collect: () => {
    const dialog = document.querySelector("dialog:modal");
    const walker = document.createTreeWalker(dialog ?? document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    const opacity = (element) =>
      element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
    const lifted = (element, own) => {
      for (let at = element; at; at = at.parentElement)
        if (/fixed|sticky/.test(getComputedStyle(at).position)) return !at.contains(own);
      return false;
    };
    const name = (element) => {
      const here = element.id ? `#${element.id}` : [element.localName, ...element.classList].join(".");
      const parent = element.parentElement;
      return parent && !element.id ? `${name(parent).split(" ").slice(-2).join(" ")} ${here}` : here;
    };
    while (walker.nextNode()) {
      const text = walker.currentNode;
      const element = text.parentElement;
      if (!text.data.trim() || element.closest("option, title, .sr, [disabled], noscript")) continue;
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(text);
      const style = getComputedStyle(element);
      const size = parseFloat(style.fontSize);
      for (const box of range.getClientRects()) {
        const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
        const above = document.elementsFromPoint(x, y);
        if (!above.includes(element)) continue; // clipped, or under something that is scrolled
        if (above.slice(0, above.indexOf(element)).some((one) => lifted(one, element))) continue;
        found.push({
          name: name(element),
          text: text.data.trim().slice(0, 40),
          color: element.ownerSVGElement ? style.fill : style.color,
          opacity: opacity(element),
          large: size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700),
          x: box.x, y: box.y, width: box.width, height: box.height,
        });
      }
    }
    return found;
  },
  hide: () => {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(`*, *::before, *::after, *::placeholder {
      color: transparent !important; -webkit-text-fill-color: transparent !important;
      text-decoration-color: transparent !important; caret-color: transparent !important;
      transition: none !important; }
      text { fill: transparent !important; }`);
    document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  },
  measure: async ({ picture, texts }) => {
    const image = new Image();
    image.src = `data:image/png;base64,${picture}`;
    await image.decode();
    const canvas = new OffscreenCanvas(image.width, image.height);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.drawImage(image, 0, 0);
    const pen = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
    const paint = (color) => {
      pen.clearRect(0, 0, 1, 1);
      pen.fillStyle = color;
      pen.fillRect(0, 0, 1, 1);
      return [...pen.getImageData(0, 0, 1, 1).data];
    };
    const linear = (value) =>
      value <= 10.31 ? value / 255 / 12.92 : ((value / 255 + 0.055) / 1.055) ** 2.4;
    const luminance = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
    const ratio = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    return texts.map((text) => {
      const [r, g, b, alpha] = paint(text.color);
      const share = (alpha / 255) * text.opacity;
      const [left, top] = [Math.max(0, Math.round(text.x)), Math.max(0, Math.round(text.y))];
      const width = Math.max(1, Math.min(Math.round(text.width), image.width - left));
      const height = Math.max(1, Math.min(Math.round(text.height), image.height - top));
      const { data } = context.getImageData(left, top, width, height);
      const ratios = [];
      for (let at = 0; at < data.length; at += 4) {
        const ground = [data[at], data[at + 1], data[at + 2]];
        const ink = [r, g, b].map((own, n) => own * share + ground[n] * (1 - share));
        ratios.push(ratio(luminance(ink), luminance(ground)));
      }
      ratios.sort((one, other) => one - other);
      return ratios[Math.floor(ratios.length / 10)]; // the worst tenth
    });
  },
})
