// Compiles D2 files and draws them; prints for each how many shapes and connections it has, and the labels of all.
import { readFileSync } from "node:fs";
import { D2 } from "@terrastruct/d2";

const d2 = new D2();
for (const file of process.argv.slice(2)) {
  const { diagram, renderOptions } = await d2.compile(readFileSync(file, "utf8"));
  const drawn = await d2.render(diagram, renderOptions);
  const labels = [...diagram.shapes, ...diagram.connections].map((each) => each.label).join("\n");
  console.log(JSON.stringify([diagram.shapes.length, diagram.connections.length, drawn.length > 0, labels]));
}
process.exit(0);
