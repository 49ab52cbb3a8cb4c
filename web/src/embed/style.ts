/** Of the shadow root: fonts and colours are those of the page around it; its accent can be set by `--hearth-accent`. */
export const style = `
:host { display: block; container-type: inline-size; max-width: 34rem; font: inherit; line-height: 1.4 }
:host([hidden]) { display: none }
* { box-sizing: border-box; margin: 0 }
.frame { display: grid; gap: 1rem; padding: 1rem; border: 1px solid color-mix(in srgb, currentColor 30%, transparent) }
h2 { font-size: 1.125em }
.fine, .note { font-size: .875em }
.fine { opacity: .8 }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(100%, 13rem), 1fr)); gap: .75rem 1rem }
label { display: block; font-weight: 600 }
.unit { font-weight: 400 }
input, select { width: 100%; min-height: 2.75rem; padding: 0 .5rem; border: 1px solid color-mix(in srgb, currentColor 60%, transparent);
  border-radius: 0; font: inherit; color: inherit; background: transparent }
option { color: CanvasText; background: Canvas }
input[aria-invalid=true] { border-style: dashed }
:focus-visible { outline: 3px solid currentColor; outline-offset: 2px }
.answer { min-height: 6rem }
.number { font-size: 2.5em; line-height: 1.1; color: var(--hearth-accent, light-dark(#c4122f, #ff6074)); font-variant-numeric: tabular-nums }
.guess .number { color: inherit; opacity: .6; text-decoration: line-through }
a { color: inherit }
`;
