// What the type check of v1.js must know of the page it runs on; no browser loads this.
interface Window {
  ArticleChatbot: any;
}
interface SVGScriptElement {
  src: string;
}
interface Element {
  inert: boolean;
}
