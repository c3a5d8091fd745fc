// What the tests in a browser share: TAP, files to upload, and what a page looks like.
import { createHash } from "node:crypto";
import { deflateSync } from "node:zlib";

let number = 0;
export let failed = false;

export function check(what, good, said = "") {
	failed ||= !good;
	console.log(`${good ? "ok" : "not ok"} ${++number} - in a browser: ${what}`);
	if (!good) console.log("#", JSON.stringify(said));
}

export const plan = () => console.log(`1..${number}`);

export const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
export const file = (name, mimeType, buffer) => ({ name, mimeType, buffer });

// A picture of one colour: PNG's signature, IHDR, IDAT, IEND.
export function png(red, green, blue, side = 64) {
	const crc = (bytes) => {
		let c = ~0;
		for (const b of bytes) {
			c ^= b;
			for (let k = 0; k < 8; k++) c = (c >>> 1) ^ (c & 1 ? 0xedb88320 : 0);
		}
		return ~c >>> 0;
	};
	const chunk = (type, data) => {
		const body = Buffer.concat([Buffer.from(type), data]);
		const out = Buffer.alloc(body.length + 8);
		out.writeUInt32BE(data.length, 0);
		body.copy(out, 4);
		out.writeUInt32BE(crc(body), body.length + 4);
		return out;
	};
	const header = Buffer.alloc(13);
	header.writeUInt32BE(side, 0);
	header.writeUInt32BE(side, 4);
	header.set([8, 2, 0, 0, 0], 8);
	const row = Buffer.concat([Buffer.from([0]), Buffer.alloc(3 * side, Buffer.from([red, green, blue]))]);
	return Buffer.concat([Buffer.from("89504e470d0a1a0a", "hex"), chunk("IHDR", header),
		chunk("IDAT", deflateSync(Buffer.concat(Array(side).fill(row)))), chunk("IEND", Buffer.alloc(0))]);
}

// Texts whose contrast with what is behind them is below 4.5:1 (WCAG 2.2, 1.4.3); runs in the page.
export function faintTexts() {
	const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 })
		.getContext("2d", { willReadFrequently: true });
	const rgba = (color) => {
		context.clearRect(0, 0, 1, 1);
		context.fillStyle = color;
		context.fillRect(0, 0, 1, 1);
		const [r, g, b, a] = context.getImageData(0, 0, 1, 1).data;
		return [r, g, b, a / 255];
	};
	const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a)];
	const behind = (element) => {
		if (!element) return matchMedia("(prefers-color-scheme: dark)").matches ? [18, 18, 18] : [255, 255, 255];
		const background = rgba(getComputedStyle(element).backgroundColor);
		return background[3] === 1 ? background.slice(0, 3) : over(background, behind(element.parentElement));
	};
	const luminance = (color) => {
		const [r, g, b] = color.map((c) => (c /= 255) <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
		return 0.2126 * r + 0.7152 * g + 0.0722 * b;
	};
	const faint = [];
	for (const element of document.querySelectorAll("body *")) {
		const text = [...element.childNodes].filter((n) => n.nodeType === Node.TEXT_NODE).map((n) => n.data).join("").trim();
		if (!text || element.closest(":disabled, svg") ||
			!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
		let opacity = 1;
		for (let e = element; e; e = e.parentElement) opacity *= getComputedStyle(e).opacity;
		const background = behind(element);
		const [r, g, b, a] = rgba(getComputedStyle(element).color);
		const [light, dark] = [luminance(over([r, g, b, a * opacity], background)), luminance(background)].sort((x, y) => y - x);
		const ratio = (light + 0.05) / (dark + 0.05);
		if (ratio < 4.5) faint.push(`${text} (${element.className}): ${ratio.toFixed(2)}`);
	}
	return faint;
}

// Whether nothing is wider than the page; runs in the page.
export const fits = () => document.documentElement.scrollWidth <= document.documentElement.clientWidth;
