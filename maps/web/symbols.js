// Shape, letter and colour say the class; the outline says the status.
const SVG = "http://www.w3.org/2000/svg";
function svg(tag, attributes, ...children) {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  node.append(...children);
  return node;
}

function symbol(object, status, size) {
  const look = config.symbols[object], outline = config.statuses[status];
  const points = config.shapes[look.shape].map((point) => point.join(",")).join(" ");
  const fill = outline.hollow ? "#ffffff" : look.colour;
  const parts = [
    svg("polygon", { points, fill: "none", stroke: "#ffffff", "stroke-width": 5, "stroke-linejoin": "round" }),
    svg("polygon", { points, fill, stroke: outline.hollow ? look.colour : "#1b1b1b", "stroke-width": outline.hollow ? 2.4 : 1.4, "stroke-dasharray": outline.dash, "stroke-linejoin": "round" }),
  ];
  const letter = svg("text", { x: 0, y: look.shape === "triangle" ? 5.5 : 3.8, "text-anchor": "middle", "font-size": 10, "font-weight": 700, "font-family": "system-ui, sans-serif", fill: outline.hollow ? "#1b1b1b" : look.ink });
  letter.textContent = look.letter;
  parts.push(letter);
  if (outline.struck) parts.push(svg("line", { x1: -11, y1: 11, x2: 11, y2: -11, stroke: "#b00020", "stroke-width": 2.4 }));
  return svg("svg", { viewBox: "-13 -13 26 26", width: size, height: size, "aria-hidden": "true", focusable: "false" }, ...parts);
}

function incidentName(incident) {
  return `${incident.id}: ${incident.raw[F.title].slice(0, 300)}, ${incident.raw[F.when]}, ${incident.status}`;
}
