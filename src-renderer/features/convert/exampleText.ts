/** A source that shows what is kept and what is not: big and padded numbers, a word that YAML may take for false, comments, an anchor. */
export const exampleText = `# Orders of a bookshop
currency: EUR
country: "no"
orders:
  - id: 12345678901234567890
    title: The Wind in the Willows # second edition
    price: 12.50
    tags: &usual [children, classic]
  - id: 7
    title: 围城
    price: 1.10
    tags: *usual
`;
