// What the person sees and does.
import { documents, freshUrl, hasToken, useToken } from "./api.js";
import { upload } from "./upload.js";

const $ = (id) => document.getElementById(id);
const AT_ONCE = 3;
const FRESH = 5 * 60 * 1000; // a URL is good for ten minutes
const waiting = [];
let running = 0;

function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

function size(bytes) {
	const units = ["bytes", "kB", "MB", "GB", "TB"];
	const i = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
	return `${(bytes / 1000 ** i).toFixed(i && bytes / 1000 ** i < 100 ? 1 : 0)} ${units[i]}`;
}

// --- uploads -------------------------------------------------------------------------------------

function add(file) {
	const name = element("span", { className: "name", textContent: file.name, title: file.name });
	const bar = element("progress", { max: Math.max(1, file.size), value: 0, ariaLabel: `Upload of ${file.name}` });
	const status = element("span", { textContent: "waiting", role: "status" });
	const button = element("button", { type: "button" });
	const row = element("li", {}, name, bar, status, button);
	$("uploads").append(row);

	let controller;
	const start = async () => {
		controller = new AbortController();
		button.textContent = "Cancel";
		button.ariaLabel = `Cancel ${file.name}`;
		button.onclick = () => controller.abort();
		name.hidden = bar.hidden = false;
		status.className = "";
		try {
			await upload(file, (sent) => {
				bar.value = sent;
				status.textContent = `${size(Math.min(sent, file.size))} of ${size(file.size)}`;
			}, controller.signal);
			bar.value = bar.max;
			status.textContent = "uploaded";
			status.className = "done";
			button.remove();
			await show();
		} catch (error) {
			bar.hidden = name.hidden = true;
			status.className = "failed";
			status.textContent = error.name === "AbortError" ?
				`${file.name} was cancelled.` : `${file.name} was not uploaded. ${error.message}`;
			button.textContent = "Try again";
			button.ariaLabel = `Try ${file.name} again`;
			button.onclick = () => queue(start);
		}
	};
	button.textContent = "Cancel";
	button.onclick = () => row.remove();
	queue(() => row.isConnected && start());
}

async function queue(work) {
	waiting.push(work);
	if (running === AT_ONCE) return;
	running++;
	while (waiting.length) await waiting.shift()();
	running--;
}

// --- what is there -------------------------------------------------------------------------------

function card(row) {
	const shown = row.type.startsWith("image/") && row.type !== "image/svg+xml" ?
		element("img", { src: row.url, alt: "", loading: "lazy" }) :
		element("span", { className: "type", textContent: row.type });
	shown.addEventListener("error", async () => (shown.src = await freshUrl(row.id)), { once: true });
	const link = element("a", { href: row.url, title: `Download ${row.name}` }, shown,
		element("span", { className: "name", textContent: row.name }),
		element("span", { className: "size", textContent: size(row.bytes) }));
	const madeAt = Date.now();
	link.addEventListener("click", async (event) => {
		if (Date.now() - madeAt < FRESH) return;
		event.preventDefault();
		location.assign(await freshUrl(row.id));
	});
	return element("li", {}, link);
}

// With fresh URLs each time: they end, so none is kept.
async function show() {
	$("sign-in").hidden = hasToken();
	$("signed-in").hidden = !hasToken();
	if (!hasToken()) return;
	try {
		const rows = await documents();
		$("gallery").replaceChildren(...rows.map(card));
		$("empty").hidden = rows.length > 0;
		$("message").textContent = "";
	} catch (error) {
		$("message").textContent = error.message;
		if (error.status !== 401) return;
		useToken(null);
		$("sign-in").hidden = false;
		$("signed-in").hidden = true;
	}
}

$("sign-in").addEventListener("submit", (event) => {
	event.preventDefault();
	useToken($("token").value.trim());
	$("token").value = "";
	show();
});
$("sign-out").addEventListener("click", () => {
	useToken(null);
	show();
});
$("files").addEventListener("change", () => {
	[...$("files").files].forEach(add);
	$("files").value = "";
});
for (const kind of ["dragover", "dragleave", "drop"])
	$("drop").addEventListener(kind, (event) => {
		event.preventDefault();
		$("drop").classList.toggle("over", kind === "dragover");
		if (kind === "drop") [...event.dataTransfer.files].forEach(add);
	});

show();
