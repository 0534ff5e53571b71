import Box from '@mui/material/Box';
import { memo, useMemo } from 'react';
import Markdown, { type Components } from 'react-markdown';
import remarkGfm from 'remark-gfm';
import { markdownParts } from './markdownParts.tsx';
import { outsideAddress } from './outsideAddress.ts';
import { splitBlocks } from './splitBlocks.ts';

const allowedElements = [
	...['p', 'a', 'img', 'em', 'strong', 'del', 'code', 'pre', 'ul', 'ol', 'li', 'blockquote', 'hr', 'br', 'input', 'sup'],
	...['h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'table', 'thead', 'tbody', 'tr', 'th', 'td'],
];
const plugins = [remarkGfm];

interface Props {
	text: string;
	/** How its elements are drawn, where the text is the app's own and may do more. */
	parts?: Components;
	/** What is left of an address; empty: nothing. */
	addressOf?: (address: string) => string;
}

/**
 * Shows text that a model or a stranger wrote as markdown, and can do nothing else.
 *
 * HTML in it is shown as text; only the elements listed above are ever made. Images are never loaded: a box names their host.
 * Links are http, https or mailto, and open through the reader's consent; only the app's own text may be
 * given `parts` and addresses of its own. Made for streams: blocks that did not change are not
 * redrawn.
 */
export const SafeMarkdown = memo(function SafeMarkdown({ text, parts = markdownParts, addressOf = safeAddress }: Props) {
	const blocks = useMemo(() => splitBlocks(text), [text]);
	return (
		<Box dir="auto" sx={{ overflowWrap: 'anywhere', '& > :first-of-type > :first-of-type': { mt: 0 }, '& > :last-child > :last-child': { mb: 0 } }}>
			{blocks.map((block, index) => (
				// A block's place is what it is: text is only ever added at the end.
				// biome-ignore lint/suspicious/noArrayIndexKey: see above
				<Block key={index} text={block} parts={parts} addressOf={addressOf} />
			))}
		</Box>
	);
});

const Block = memo(function Block({ text, parts, addressOf }: Required<Props>) {
	return (
		<div dir="auto">
			<Markdown remarkPlugins={plugins} allowedElements={allowedElements} unwrapDisallowed urlTransform={addressOf} components={parts}>
				{text}
			</Markdown>
		</div>
	);
});

function safeAddress(url: string): string {
	return outsideAddress(url)?.href ?? '';
}
