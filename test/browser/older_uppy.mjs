// older_uppy.mjs PAGE FOLDER PACKAGES - the JavaScript of docs/uploads.md for Uppy 4 and 5, as printed,
// in headless Chromium. PAGE is the address of examples/upload, FOLDER where that was built: its esbuild
// is taken. PACKAGES has the packages of test/npm. Prints TAP.
//
// Environment: PLAYWRIGHT_CORE, CHROMIUM and TOKEN as for upload.mjs.
import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check, failed, plan, sha256 } from "./support.mjs";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT_CORE);
const [, , address, folder, packages] = process.argv;
const { version } = JSON.parse(readFileSync(join(packages, "node_modules/@uppy/aws-s3/package.json"), "utf8"));
const text = readFileSync(new URL("../../docs/uploads.md", import.meta.url), "utf8");
const blocks = [...text.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => match[1]);
const block = (word) => blocks.find((code) => code.includes(word));

writeFileSync(join(packages, "older.js"), `
import AwsS3 from "@uppy/aws-s3";
import Uppy from "@uppy/core";
${block("async function ticket")}
${block("getUploadParameters")}
Object.assign(window, { old, rpc });
`);
execFileSync(join(folder, "node_modules/.bin/esbuild"),
	["older.js", "--bundle", "--format=iife", "--log-level=warning", "--outfile=older.out.js"],
	{ cwd: packages, stdio: ["ignore", 2, 2] });

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await (await browser.newContext({ bypassCSP: true })).newPage();
await page.goto(address);
await page.evaluate((token) => sessionStorage.setItem("token", token), process.env.TOKEN);
await page.addScriptTag({ path: join(packages, "older.out.js") });

// method and kind of each request, in order
const sent = [];
const kind = (url) => url.pathname.startsWith("/rpc/") ? url.pathname.slice(1) : url.searchParams.has("partNumber") ? "part"
	: url.searchParams.has("uploadId") ? "upload" : url.searchParams.has("uploads") ? "create" : "object";
page.on("request", (r) => r.method() !== "OPTIONS" && sent.push(`${r.method()} ${kind(new URL(r.url()))}`));
const count = (what) => sent.filter((s) => s === what).length;
const until = async (what, times) => {
	for (let i = 0; i < 200 && count(what) < times; i++) await page.waitForTimeout(50);
};

// add - bytes as a File, or as a Blob, which has no name, for the next upload
async function add(name, bytes, asFile) {
	sent.length = 0;
	await page.evaluate(([name, base64, asFile]) => {
		const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
		const type = "application/octet-stream";
		old.cancelAll();
		old.addFile({ name, type, data: asFile ? new File([bytes], name, { type }) : new Blob([bytes], { type }) });
	}, [name, bytes.toString("base64"), asFile]);
}

// ended - how many files are there, and what was said of those that are not
const ended = () => page.evaluate(async () => {
	const { successful, failed } = await Promise.race([window.running ?? old.upload(),
		new Promise((resolve) => setTimeout(resolve, 20000, { successful: [], failed: [{ error: "no end" }] }))]);
	window.running = undefined;
	return [successful.length, failed.map((file) => file.error)];
});

// stored - SHA-256 of the document of that name, by the URL that the database signs
async function stored(name) {
	const ask = async (path, body) => (await fetch(new URL(path, address), { method: "POST", body: JSON.stringify(body),
		headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.TOKEN}` } })).text();
	await ask("/rpc/finish_upload", { id: await page.evaluate(() => window.lastKey.split("/").pop()) });
	const found = JSON.parse(await ask("/rpc/documents", {})).find((document) => document.name === name);
	return found && sha256(Buffer.from(await (await fetch(found.url)).arrayBuffer()));
}
page.on("response", async (response) => {
	if (!response.url().endsWith("/rpc/create_upload") || !response.ok()) return;
	const { key } = await response.json();
	await page.evaluate((key) => { window.lastKey = key; }, key);
});

for (const asFile of [true, false]) {
	const name = asFile ? "file.bin" : "blob.bin";
	await add(name, Buffer.from("hello"), asFile);
	const said = await ended();
	check(`docs/uploads.md: Uppy ${version}, one request, a ${asFile ? "File" : "Blob"}`,
		said[0] === 1 && count("PUT object") === 1 && await stored(name) === sha256(Buffer.from("hello")), [said, sent]);
}

await page.evaluate(() => old.getPlugin("AwsS3Multipart").setOptions({ shouldUseMultipart: true }));
const bytes = randomBytes(11 * 1024 * 1024);
await add("parts.bin", bytes, true);
const parts = await ended();
check(`docs/uploads.md: Uppy ${version}, parts`,
	parts[0] === 1 && count("PUT part") === 3 && await stored("parts.bin") === sha256(bytes), [parts, sent]);

// pause while the last part is held back
let hold = true;
await page.route(/partNumber=3/, (route) => hold ? undefined : route.continue());
await add("paused.bin", bytes, true);
await page.evaluate(() => { window.running = old.upload(); });
await until("PUT part", 3);
await page.waitForTimeout(500);
await page.evaluate(() => old.pauseAll());
hold = false;
await page.evaluate(() => old.resumeAll());
const resumed = await ended();
check(`docs/uploads.md: Uppy ${version}, pause and resume`,
	resumed[0] === 1 && count("GET upload") === 1 && await stored("paused.bin") === sha256(bytes), [resumed, sent]);

hold = true;
await add("given up.bin", bytes, true);
await page.evaluate(() => { window.running = old.upload(); });
await until("PUT part", 3);
const deleted = page.waitForResponse((r) => r.request().method() === "DELETE", { timeout: 20000 });
await page.evaluate(() => old.cancelAll());
check(`docs/uploads.md: Uppy ${version}, an upload can be given up`, (await deleted).status() === 204, sent);
plan();
await browser.close();
process.exit(failed ? 1 : 0);
