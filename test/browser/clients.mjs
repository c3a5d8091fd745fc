// clients.mjs PAGE FOLDER - the JavaScript of docs/uploads.md for plain fetch and for Uppy 6, as
// printed, in headless Chromium. PAGE is the address of examples/upload, FOLDER where that was built:
// its packages are taken. Prints TAP.
//
// Environment: PLAYWRIGHT_CORE, CHROMIUM and TOKEN as for upload.mjs.
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { check, failed, file, plan } from "./support.mjs";

const { chromium } = createRequire(import.meta.url)(process.env.PLAYWRIGHT_CORE);
const [, , address, folder] = process.argv;
const text = readFileSync(new URL("../../docs/uploads.md", import.meta.url), "utf8");
const blocks = [...text.matchAll(/^```js\n(.*?)^```$/gms)].map((match) => match[1]);
const block = (word) => blocks.find((code) => code.includes(word));

writeFileSync(join(folder, "clients.js"), `
import AwsS3 from "@uppy/aws-s3";
import Uppy from "@uppy/core";
import Dashboard from "@uppy/dashboard";
${block("async function ticket")}
${block("async function upload")}
document.body.innerHTML = '<div id="uploads"></div>';
${block("signRequest")}
Object.assign(window, { upload, uppy });
`);
execFileSync("npx", ["esbuild", "clients.js", "--bundle", "--format=iife", "--log-level=warning", "--outfile=clients.out.js"],
	{ cwd: folder, stdio: ["ignore", 2, 2] });

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM, args: ["--no-sandbox", "--disable-dev-shm-usage"] });
const page = await (await browser.newContext({ bypassCSP: true })).newPage();
await page.goto(address);
await page.evaluate((token) => sessionStorage.setItem("token", token), process.env.TOKEN);
await page.addScriptTag({ path: join(folder, "clients.out.js") });

const sent = [];
page.on("request", (request) => sent.push(request.method() + (request.url().includes("/rpc/") ? " rpc" : "")));
const fetched = () => page.evaluate(() => upload(new File(["hello"], "fetched.txt", { type: "text/plain" })));
check("docs/uploads.md: plain fetch, a PUT", (await fetched()).startsWith("documents/") && sent.includes("PUT"), sent);
await page.route(/\/rpc\/create_upload$/, (route) => route.continue({
	postData: JSON.stringify({ ...route.request().postDataJSON(), bytes: null }) }));
check("docs/uploads.md: plain fetch, a form", (await fetched()).startsWith("documents/") && sent.includes("POST"), sent);
await page.unroute(/\/rpc\/create_upload$/);

await page.setInputFiles(".uppy-Dashboard-input >> nth=0", [file("small.txt", "text/plain", Buffer.from("hello"))]);
const result = await page.evaluate(async () => {
	const { successful, failed } = await uppy.upload();
	return [successful.map((f) => f.response.body.key), failed.map((f) => f.error)];
});
check("docs/uploads.md: Uppy 6, one request", result[0].length === 1 && result[0][0].startsWith("documents/"), result);
const parts = await page.evaluate(async () => {
	uppy.getPlugin("AwsS3").setOptions({ shouldUseMultipart: true });
	uppy.addFile({ name: "large.bin", type: "application/octet-stream", data: new Blob([new Uint8Array(6 * 1024 * 1024)]) });
	const { successful, failed } = await uppy.upload();
	return [successful.map((f) => f.response.body.key), failed.map((f) => f.error)];
});
check("docs/uploads.md: Uppy 6, parts", parts[0].length === 1 && parts[0][0].startsWith("documents/"), parts);
plan();
await browser.close();
process.exit(failed ? 1 : 0);
