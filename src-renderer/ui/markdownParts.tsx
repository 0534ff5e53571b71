import ImageIcon from '@mui/icons-material/ImageOutlined';
import Box from '@mui/material/Box';
import Button from '@mui/material/Button';
import Checkbox from '@mui/material/Checkbox';
import Link from '@mui/material/Link';
import Typography from '@mui/material/Typography';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Components } from 'react-markdown';
import { CopyButton } from './CopyButton.tsx';
import { useOpenLink } from './OpenLink.ts';
import { outsideAddress } from './outsideAddress.ts';

/** How each element of markdown is drawn: in the page's own type, and never with more than its text and a checked address. */
export const markdownParts: Components = {
	a: ({ href, children }) => <OutsideLink href={href}>{children}</OutsideLink>,
	img: ({ src, alt }) => <RemoteImage src={src} alt={alt} />,
	p: ({ children }) => <Typography sx={{ my: 1 }}>{children}</Typography>,
	h1: ({ children }) => <Heading level="h3">{children}</Heading>,
	h2: ({ children }) => <Heading level="h4">{children}</Heading>,
	h3: ({ children }) => <Heading level="h5">{children}</Heading>,
	h4: ({ children }) => <Heading level="h6">{children}</Heading>,
	h5: ({ children }) => <Heading level="h6">{children}</Heading>,
	h6: ({ children }) => <Heading level="h6">{children}</Heading>,
	ul: ({ children }) => (
		<Box component="ul" sx={{ my: 1, pl: 3, '& li': { my: 0.25 }, '&:has(> li > .MuiCheckbox-root)': { listStyle: 'none', pl: 0 } }}>
			{children}
		</Box>
	),
	ol: ({ children, start }) => (
		<Box component="ol" start={start} sx={{ my: 1, pl: 3, '& li': { my: 0.25 } }}>
			{children}
		</Box>
	),
	li: ({ children }) => <li>{children}</li>,
	input: ({ checked }) => <Checkbox checked={checked === true} disabled size="small" sx={{ p: 0, mr: 0.5 }} />,
	blockquote: ({ children }) => (
		<Box component="blockquote" sx={{ m: 0, my: 1, pl: 2, borderInlineStart: '3px solid', borderColor: 'divider', color: 'text.secondary' }}>
			{children}
		</Box>
	),
	hr: () => <Box component="hr" sx={{ border: 0, borderTop: 1, borderColor: 'divider', my: 2 }} />,
	code: ({ children }) => (
		<Box component="code" dir="ltr" sx={{ fontFamily: 'monospace', fontSize: '0.8125rem', bgcolor: 'surface.sunken', borderRadius: '4px', px: 0.5, py: '1px' }}>
			{children}
		</Box>
	),
	pre: ({ node, children }) => <CodeBlock text={textOf(node)}>{children}</CodeBlock>,
	table: ({ children }) => (
		<Box sx={{ my: 1, overflowX: 'auto' }}>
			<Box
				component="table"
				sx={{
					borderCollapse: 'collapse',
					fontVariantNumeric: 'tabular-nums',
					'& th, & td': { border: 1, borderColor: 'divider', px: 1, py: 0.5, verticalAlign: 'top' },
					'& th': { fontWeight: 600, textAlign: 'start' },
				}}
			>
				{children}
			</Box>
		</Box>
	),
};

function Heading({ level, children }: { level: 'h3' | 'h4' | 'h5' | 'h6'; children: ReactNode }) {
	return (
		<Typography component={level} variant={level} sx={{ mt: 2, mb: 0.5 }}>
			{children}
		</Typography>
	);
}

function OutsideLink({ href, children }: { href: string | undefined; children: ReactNode }) {
	const openLink = useOpenLink();
	const address = outsideAddress(href ?? '');
	if (address === null) return <span>{children}</span>;
	const open = (event: MouseEvent) => {
		event.preventDefault();
		openLink(address.href);
	};
	return (
		<Link href={address.href} target="_blank" rel="noopener noreferrer" onClick={open} onAuxClick={open}>
			{children}
		</Link>
	);
}

/** A picture that is not fetched: what it shows, in its writer's words, and on request where it would come from. */
function RemoteImage({ src, alt }: { src: unknown; alt: string | undefined }) {
	const { t } = useTranslation('ui');
	const openLink = useOpenLink();
	const [isRevealed, setRevealed] = useState(false);
	const address = outsideAddress(typeof src === 'string' ? src : '');
	return (
		<Box
			component="span"
			sx={{
				display: 'inline-flex',
				alignItems: 'center',
				flexWrap: 'wrap',
				gap: 1,
				px: 1,
				py: 0.5,
				border: 1,
				borderColor: 'divider',
				borderRadius: 1,
				bgcolor: 'surface.sunken',
				color: 'text.secondary',
				maxWidth: '100%',
			}}
		>
			<ImageIcon sx={{ fontSize: 18 }} />
			<span>{alt || t('image.unnamed')}</span>
			{address === null ? (
				<span>{t('image.blocked')}</span>
			) : isRevealed ? (
				<Button size="small" variant="outlined" onClick={() => openLink(address.href)}>
					{t('image.open')}
				</Button>
			) : (
				<Button size="small" onClick={() => setRevealed(true)}>
					{t('image.from', { host: address.host })}
				</Button>
			)}
		</Box>
	);
}

function CodeBlock({ text, children }: { text: string; children: ReactNode }) {
	return (
		<Box sx={{ position: 'relative', my: 1, '& .copy': { position: 'absolute', top: 4, insetInlineEnd: 4 } }}>
			<Box
				component="pre"
				dir="ltr"
				tabIndex={0}
				sx={{
					m: 0,
					p: 1.5,
					pr: 5,
					overflowX: 'auto',
					borderRadius: 1,
					bgcolor: 'surface.sunken',
					border: 1,
					borderColor: 'divider',
					fontSize: '0.8125rem',
					lineHeight: 1.55,
					'& code': { p: 0, bgcolor: 'transparent', overflowWrap: 'normal' },
				}}
			>
				{children}
			</Box>
			<span className="copy">
				<CopyButton text={text} />
			</span>
		</Box>
	);
}

interface Node {
	value?: unknown;
	children?: readonly unknown[];
}

/** The plain text below a node of the tree that react-markdown hands over. */
function textOf(node: unknown): string {
	if (typeof node !== 'object' || node === null) return '';
	const { value, children = [] }: Node = node;
	return typeof value === 'string' ? value : children.map(textOf).join('');
}
