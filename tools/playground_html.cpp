#include <ranvier/tools/playground_html.hpp>

namespace ranvier::tool {

const std::string_view playground_html = R"html(<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Ranvier: a dendrite to play with</title>
<style>
  body { font: 15px/1.4 system-ui, sans-serif; margin: 2em auto; max-width: 60em; padding: 0 1em; color: #222; }
  h1 { font-size: 1.3em; }
  canvas { width: 100%; height: 22em; display: block; }
  #sliders { display: grid; grid-template-columns: repeat(auto-fill, minmax(17em, 1fr)); gap: .6em 2em; margin-top: 1em; }
  label { display: grid; grid-template-columns: 1fr auto; }
  label input { grid-column: 1 / 3; width: 100%; }
  output { font-variant-numeric: tabular-nums; }
  button { font: inherit; }
</style>
</head>
<body>
<h1>A dendrite with dendritic spikes</h1>
<canvas id="trace" role="img" aria-label="membrane potential over time"></canvas>
<p><output id="summary"></output></p>
<div id="sliders"></div>
<p><button id="reset" type="button">Reset</button></p>
<script>
"use strict";
const data = {{DATA}};
const positions = data.sliders.map(s => s.values ? s.values.indexOf(s.value) : s.value);
const canvas = document.getElementById("trace"), sliders = document.getElementById("sliders");
let shown = null, wanted = 0;

const number = x => String(Number(x.toPrecision(6))).replace("-", "\u2212");
const valueOf = k => data.sliders[k].values ? data.sliders[k].values[positions[k]] : positions[k];

function decoded(answer) {
  const bytes = Uint8Array.from(atob(answer.v), c => c.charCodeAt(0));
  const counts = new DataView(bytes.buffer), v = [];
  for (let i = 0; i < bytes.length; i += 2) v.push(counts.getInt16(i, true) / 100);
  return {v, dspikes: answer.dspikes};
}

async function answer() {
  if (data.answers) {
    let which = 0;
    data.sliders.forEach((s, k) => which = which * s.values.length + positions[k]);
    return data.answers[which];
  }
  const query = data.sliders.map((s, k) => s.name + "=" + positions[k] * s.size).join("&");
  const reply = await fetch("run?" + query);
  if (!reply.ok) throw new Error(await reply.text());
  return reply.json();
}

// A slider moves faster than answers come: only the latest is drawn.
async function update() {
  const mine = ++wanted;
  try {
    const next = decoded(await answer());
    if (mine !== wanted) return;
    shown = next;
    const peak = Math.max(...shown.v), n = shown.dspikes.length;
    document.getElementById("summary").value =
      `${n} dendritic spike${n === 1 ? "" : "s"}, highest potential ${number(Math.round(peak * 10) / 10)} mV`;
    draw();
  } catch (error) {
    document.getElementById("summary").value = "No answer: " + error.message;
  }
}

function ticks(low, high, most) {
  const rough = (high - low) / most, power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map(f => f * power).find(s => s >= rough), list = [];
  for (let k = Math.ceil(low / step); k * step <= high; ++k) list.push(k * step);
  return list;
}

function draw() {
  const ratio = window.devicePixelRatio || 1, box = canvas.getBoundingClientRect();
  canvas.width = box.width * ratio;
  canvas.height = box.height * ratio;
  const pen = canvas.getContext("2d"), left = 60, right = box.width - 10, top = 22, bottom = box.height - 44;
  pen.scale(ratio, ratio);
  pen.font = "13px system-ui, sans-serif";
  const end = shown.v.length * data.dt;
  const low = Math.min(-90, ...shown.v) - 2, high = Math.max(0, ...shown.v) + 5;
  const x = t => left + (right - left) * t / end, y = v => bottom - (bottom - top) * (v - low) / (high - low);
  pen.fillStyle = "#222";
  pen.strokeStyle = "#ddd";
  pen.textBaseline = "middle";
  pen.textAlign = "right";
  for (const v of ticks(low, high, 6)) {
    pen.beginPath(); pen.moveTo(left, y(v)); pen.lineTo(right, y(v)); pen.stroke();
    pen.fillText(number(v), left - 8, y(v));
  }
  pen.textAlign = "center";
  for (const t of ticks(0, end, 8)) pen.fillText(number(t), x(t), bottom + 14);
  pen.fillText("Time (ms)", (left + right) / 2, bottom + 34);
  pen.save();
  pen.translate(14, (top + bottom) / 2);
  pen.rotate(-Math.PI / 2);
  pen.fillText("V (mV)", 0, 0);
  pen.restore();
  pen.strokeStyle = "#a7361c";
  for (const t of shown.dspikes) { pen.beginPath(); pen.moveTo(x(t), 4); pen.lineTo(x(t), 16); pen.stroke(); }
  pen.strokeStyle = "#0072b2";
  pen.lineWidth = 1.5;
  pen.beginPath();
  shown.v.forEach((v, i) => i ? pen.lineTo(x(i * data.dt), y(v)) : pen.moveTo(x(0), y(v)));
  pen.stroke();
}

const inputs = data.sliders.map((s, k) => {
  const label = document.createElement("label"), value = document.createElement("output");
  const input = document.createElement("input");
  label.append(s.name.replace("_", " "), value, input);
  input.type = "range";
  input.id = s.name;
  input.min = s.values ? 0 : s.min;
  input.max = s.values ? s.values.length - 1 : s.max;
  input.step = s.values ? 1 : s.step;
  const show = () => {
    input.value = positions[k];
    value.value = number(valueOf(k)) + " " + s.unit;
  };
  input.addEventListener("input", () => { positions[k] = Number(input.value); show(); update(); });
  sliders.append(label);
  show();
  return {show, begin: positions[k]};
});
document.getElementById("reset").addEventListener("click", () => {
  inputs.forEach((input, k) => { positions[k] = input.begin; input.show(); });
  update();
});
window.addEventListener("resize", () => shown && draw());
update();
</script>
</body>
</html>
)html";

}  // namespace ranvier::tool
