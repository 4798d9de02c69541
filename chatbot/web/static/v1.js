// The chat on any page, in one script tag. A frozen contract.
(() => {
  const page = window, root = document.documentElement, script = document.currentScript, given = script.dataset;
  const home = new URL(script.src).origin, id = crypto.getRandomValues(new Uint32Array(4)).join("-");
  const early = page.ArticleChatbot, instances = early?.instances || [], handlers = {}, waiting = [];
  const settings = Object.assign({ lang: root.lang, theme: "auto", mode: "bubble" }, given, { questions: given.questions?.split("|") });
  const inline = settings.mode === "inline", ended = new AbortController(), { signal } = ended;
  const words = {
    en: ["ltr", "Ask our articles", "This cannot be shown here: "],
    es: ["ltr", "Preguntar a los artículos", "No se puede mostrar aquí: "],
    ar: ["rtl", "اسأل مقالاتنا", "لا يمكن عرضها هنا: "],
  };
  let asks, refuses, frame, stilled = [], ready = false, target = home;
  const make = (tag, traits) => Object.assign(document.createElement(tag), traits);
  const launcher = make("button", { onclick: () => api.toggle() }), line = make("p", { role: "status" });
  const panel = make("section", { hidden: true, role: inline ? "region" : "dialog" });
  const box = make("div", { onkeydown: ({ key }) => void (key === "Escape" && api.close()) });
  const host = make("article-chatbot"), shadow = host.attachShadow({ mode: "open" }), sheet = new CSSStyleSheet(), ink = "clamp(0,(.18 - y)*9e3,1)";
  sheet.replaceSync(`:host{all:initial!important;display:block!important}*{box-sizing:border-box;font:600 16px/1.4 system-ui}
[hidden],.inline button,.ready.over button,p:empty{display:none!important}p{margin:16px}.float{position:fixed;z-index:2147483000;bottom:16px;inset-inline-end:16px;display:flex;flex-direction:column-reverse;align-items:end;gap:12px}.start{inset-inline:16px auto;align-items:start}
button{position:relative;z-index:1;padding:12px 20px;border:2px solid #fff;border-radius:28px;background:var(--accent);color:color(from var(--accent) xyz ${ink} ${ink} ${ink})}
section{display:flex;flex-direction:column;overflow:hidden;width:min(420px,100vw - 32px);height:min(var(--size),100vh - 92px);border:1px solid #888;border-radius:16px;background:Canvas;color:CanvasText}
iframe{flex:1;border:0}.inline section{width:100%;height:min(var(--size),var(--height,480px))}
.over section{position:fixed;inset:var(--top) 0 auto;width:100%;height:var(--view);border:0;border-radius:0}@media(forced-colors:active){button{color:ButtonText}}@media print{*{display:none!important}}`);
  shadow.adoptedStyleSheets = [sheet];
  shadow.append(box), box.append(launcher, panel), panel.append(line);
  const tell = (type, more) => ready ? frame.contentWindow.postMessage({ articleChatbot: { v: 1, id, type, ...more } }, target) : waiting.push([type, more]);
  const share = (type = "set") => tell(type, { settings, events: Object.keys(handlers) });
  const raise = (name, detail) => handlers[name]?.forEach((run) => run(detail));
  const style = (name, px) => box.style.setProperty("--" + name, px + "px");
  const draw = () => {
    const { mode, theme, accent, label, position, maxHeight } = settings, { offsetTop, height } = visualViewport;
    [box.dir, asks, refuses] = words[settings.lang.slice(0, 2)] || words.en;
    const over = !panel.hidden && !inline && (mode === "full" || matchMedia("(max-width:480px),(max-height:420px)").matches);
    box.className = [inline ? "inline" : "float", position, over && "over", ready && "ready"].join(" ");
    box.style.colorScheme = theme === "auto" ? "light dark" : theme;
    style("top", offsetTop), style("view", height), style("size", Math.max(320, parseInt(maxHeight) || 680));
    box.style.setProperty("--accent", CSS.supports("color", accent) ? accent : "#1d5f5a");
    launcher.textContent = panel.ariaLabel = label || asks;
    launcher.ariaExpanded = !panel.hidden;
    if (over === stilled.length > 0) return;
    // Behind it nothing scrolls or takes focus.
    root.style.overflow = over ? "hidden" : "";
    for (const other of stilled) other.inert = false;
    stilled = over ? [...document.body.children].filter((other) => other !== host && !other.inert) : [];
    for (const other of stilled) other.inert = true;
  };
  const load = () => {
    const { lang, theme } = settings, src = `${home}/embed/v1/panel?lang=${lang}&theme=${theme}#id=${id}`;
    const made = make("iframe", { title: panel.ariaLabel, allow: "clipboard-write", src });
    // Loaded but silent: refused.
    made.onload = () => setTimeout(() => {
      if (ready || frame !== made) return;
      line.textContent = refuses;
      line.append(make("a", { href: home, target: "_blank", textContent: home }));
      frame = made.remove();
      raise("error", { code: "refused" });
    }, 2500);
    ready = false;
    frame?.remove();
    panel.append((frame = made));
    line.textContent = made.title + "…";
  };
  const show = (focus) => {
    panel.hidden = false;
    if (!frame) load();
    draw();
    raise("open");
    if (focus) frame.focus(), tell("focus");
  };
  const api = Object.assign((name, ...rest) => api[name](...rest), {
    version: "1", instances, open: () => show(true), toggle: () => (panel.hidden ? api.open() : api.close()),
    close() {
      if (panel.hidden || inline) return;
      panel.hidden = true;
      draw();
      launcher.focus();
      raise("close");
    },
    ask: (text) => (show(true), tell("ask", { text: `${text}` })),
    set(changes) {
      const { lang, mode } = settings;
      Object.assign(settings, changes, { mode });
      draw();
      frame && settings.lang !== lang ? load() : share();
    },
    on: (name, run) => ((handlers[name] ||= new Set()).add(run), share()),
    off: (name, run) => (handlers[name]?.delete(run), handlers[name]?.size || delete handlers[name], share()),
    destroy() {
      panel.hidden = true;
      draw();
      ended.abort();
      host.remove();
      instances.splice(instances.indexOf(api), 1);
      page.ArticleChatbot = instances[0];
    },
  });
  addEventListener("message", ({ data, origin, source }) => {
    const { v, id: from, type, ...detail } = data?.articleChatbot || {};
    if (source !== frame?.contentWindow || (origin !== home && origin !== "null") || v !== 1 || from !== id) return;
    if (type === "hello") {
      ready = true;
      target = origin === "null" ? "*" : home;
      line.textContent = "";
      draw();
      share("init");
      waiting.splice(0).forEach((late) => tell(...late));
      raise("ready");
    }
    if (type === "close") api.close();
    if (detail.px > 0) style("height", Math.max(320, detail.px));
    if (/^(height|answer|error)$/.test(type)) raise(type, detail);
  }, { signal });
  for (const name of ["resize", "scroll"]) visualViewport.addEventListener(name, draw, { signal });
  const mount = () => {
    const place = inline && document.querySelector(given.target);
    inline && !place ? script.after(host) : (place || document.body).append(host);
    draw();
    if (inline || /^(true|)$/.test(given.open)) show();
  };
  instances.push(api), (page.ArticleChatbot = instances[0]);
  document.body ? mount() : addEventListener("DOMContentLoaded", mount, { signal });
  early?.queue?.forEach((call) => api(...call));
})();
