/** The default theme with the fonts of the reader's system, with our colours, and with what it leaves out for readers of its sound. */
import { onContentUpdated } from 'vitepress'
import theme from 'vitepress/theme-without-fonts'
import { onMounted } from 'vue'
import './style.css'

/** The home page has no landmark for its content, and the button of the search shows a letter that is no part of its name. */
function setup(): void {
  onContentUpdated(() => document.querySelector('.VPHome')?.setAttribute('role', 'main'))
  // style.css shows the letter
  onMounted(() => document.querySelector('.DocSearch-Button-Key:last-child')?.replaceChildren())
}

export default { extends: theme, setup }
