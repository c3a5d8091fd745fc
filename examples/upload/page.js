// The page: sign-in, uploads and the gallery.
import "./style.css";
import { call, hasToken, useToken } from "./api.js";
import { startUploads } from "./uploads.js";

const $ = (id) => document.getElementById(id);
const FRESH = 5 * 60 * 1000; // a URL is valid for ten minutes
let uppy;

function element(name, properties = {}, ...children) {
	const made = Object.assign(document.createElement(name), properties);
	made.append(...children);
	return made;
}

function size(bytes) {
	if (bytes === null) return "";
	const units = ["bytes", "kB", "MB", "GB"];
	const i = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
	return `${(bytes / 1000 ** i).toFixed(i && bytes / 1000 ** i < 100 ? 1 : 0)} ${units[i]}`;
}

const freshUrl = (id) => call("download", { id }, "GET");

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

function signedIn(is) {
	$("sign-in").hidden = is;
	$("signed-in").hidden = !is;
	if (!is || uppy) return;
	uppy = startUploads($("uploads"), {
		announce: (text) => ($("progress").textContent = text),
		complain: (text) => ($("message").textContent = text),
		uploaded: show,
	});
}

// Gets new URLs each time, because URLs expire.
async function show() {
	if (!hasToken()) return signedIn(false);
	try {
		const rows = await call("documents", { rows: 200 }, "GET");
		$("gallery").replaceChildren(...rows.map(card));
		$("empty").hidden = rows.length > 0;
		signedIn(true);
	} catch (error) {
		$("message").textContent = error.message;
		if (error.status !== 401) return;
		useToken(null);
		signedIn(false);
	}
}

$("sign-in").addEventListener("submit", (event) => {
	event.preventDefault();
	$("message").textContent = "";
	useToken($("token").value.trim());
	$("token").value = "";
	show();
});
// Aborts unfinished uploads, in the browser and at the storage, while the token is still there.
$("sign-out").addEventListener("click", () => {
	uppy.cancelAll();
	setTimeout(() => {
		uppy.destroy();
		uppy = undefined;
		useToken(null);
		$("gallery").replaceChildren();
		$("progress").textContent = $("message").textContent = "";
		signedIn(false);
	});
});

show();
