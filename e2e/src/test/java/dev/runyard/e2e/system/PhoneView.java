package dev.runyard.e2e.system;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ViewportSize;
import java.util.ArrayList;
import java.util.List;

/// A page as phones show it, and what a person could not read or reach there.
final class PhoneView {
    private static final ViewportSize PHONE = new ViewportSize(390, 844);
    private static final ViewportSize SMALL_PHONE = new ViewportSize(320, 693);

    /// Finds what is wider than the window, cut off, or lies over something else. Code, the tabs of a page and the
    /// trace may be scrolled by themselves.
    private static final String FIND_PROBLEMS = """
            () => {
              const problems = [];
              const say = (what, el) =>
                problems.push(`${what}: ${el.tagName} "${el.textContent.trim().slice(0, 40)}" ${el.className}`);
              const wide = document.documentElement.scrollWidth - innerWidth;
              if (wide > 0) problems.push(`the page is ${wide} px too wide`);
              const isInline = (el) => getComputedStyle(el).display === 'inline';
              for (const el of document.querySelectorAll('main, main *')) {
                if (el.clientWidth < 2 || el.closest('.sr-only, svg, [aria-hidden=true]')) continue;
                const style = getComputedStyle(el);
                const isWide = el.scrollWidth > el.clientWidth + 1;
                const mayScroll = el.matches('pre, textarea, [role=tablist]');
                if (isWide && /auto|scroll/.test(style.overflowX) && !mayScroll) say('scrolls sideways', el);
                if (isWide && /hidden|clip/.test(style.overflowX)) {
                  const isCut = style.textOverflow !== 'ellipsis' || [...el.children].some((one) => !isInline(one));
                  if (isCut) say('is cut off', el);
                  else if (el.clientWidth < 48) say('is too short to be read', el);
                }
                const isHigh = el.scrollHeight > el.clientHeight + 2 && style.webkitLineClamp === 'none';
                if (isHigh && /hidden|clip/.test(style.overflowY)) say('is cut off below', el);
              }
              const controls = [...document.querySelectorAll('main :is(a, button, input, select, summary)')].filter(
                (el) => el.checkVisibility() && el.offsetWidth > 1 && !el.closest('.sr-only, [role=treeitem]'));
              const boxes = controls.map((el) => el.getBoundingClientRect());
              const main = document.querySelector('main').getBoundingClientRect();
              const meet = (a, b) =>
                Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2 &&
                Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 2;
              controls.forEach((el, i) => {
                if (boxes[i].top < main.top - 1) say('is under the bar', el);
                const over = controls.find((other, j) => j > i && meet(boxes[i], boxes[j]) && !el.contains(other));
                if (over) say(`lies under ${over.textContent}`, el);
              });
              return problems;
            }
            """;

    private final Page page;

    PhoneView(Page page) {
        this.page = page;
    }

    /// Looks at the page in both sizes and lets the larger one be photographed.
    List<String> problems(Runnable photograph) {
        ViewportSize before = page.viewportSize();
        List<String> problems = new ArrayList<>();
        try {
            for (ViewportSize size : List.of(SMALL_PHONE, PHONE)) {
                page.setViewportSize(size.width, size.height);
                find().forEach(problem -> problems.add(size.width + " px: " + problem));
            }
            photograph.run();
        } finally {
            page.setViewportSize(before.width, before.height);
        }
        return problems;
    }

    /// Tables ask for their width once it has changed, so the answer is taken after the next frames.
    @SuppressWarnings("unchecked") // a list of texts, as the script says
    private List<String> find() {
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))");
        return (List<String>) page.evaluate(FIND_PROBLEMS);
    }
}
