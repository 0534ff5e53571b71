import Box from '@mui/material/Box';
import Link from '@mui/material/Link';
import { type ReactNode, useMemo } from 'react';
import type { Components } from 'react-markdown';
import { Link as RouterLink, useLocation } from 'react-router';
import { markdownParts } from '../../ui/markdownParts.tsx';
import { outsideAddress } from '../../ui/outsideAddress.ts';
import { SafeMarkdown } from '../../ui/SafeMarkdown.tsx';
import { isHandbookPage } from './handbookPages.ts';
import type { OpenHandbook } from './loadHandbook.ts';

const page = /^([\w-]+)\.md(?:#([\w-]+))?$/;

/** A piece of the handbook: as markdown of anybody, but for its own pictures, which are shown, and links between its pages, which lead there. */
export function HandbookText({ text, pictureOf }: { text: string } & Pick<OpenHandbook, 'pictureOf'>) {
	const parts = useMemo((): Components => {
		const OutsideLink = markdownParts.a;
		return {
			...markdownParts,
			a: (link) => {
				const to = screenOf(link.href ?? '');
				if (to !== null) return <PageLink to={to}>{link.children}</PageLink>;
				return typeof OutsideLink === 'function' ? <OutsideLink {...link} /> : null;
			},
			img: ({ src, alt }) => <Picture src={pictureOf(typeof src === 'string' ? src : '')} alt={alt ?? ''} />,
		};
	}, [pictureOf]);
	return <SafeMarkdown text={text} parts={parts} addressOf={addressOf} />;
}

/** Where a link between pages leads, such as `/help/grading/desk` for `grading.md#desk`; null: it is none. */
export function screenOf(address: string): string | null {
	const [, name, section] = page.exec(address) ?? [];
	return isHandbookPage(name) ? `/help/${name}${section ? `/${section}` : ''}` : null;
}

function addressOf(address: string): string {
	if (screenOf(address) !== null || address.startsWith('pictures/')) return address;
	return outsideAddress(address)?.href ?? '';
}

/** The way back out of the handbook stays known from page to page. */
function PageLink({ to, children }: { to: string; children: ReactNode }) {
	const { state } = useLocation();
	return (
		<Link component={RouterLink} to={to} state={state}>
			{children}
		</Link>
	);
}

function Picture({ src, alt }: { src: string | null; alt: string }) {
	if (src === null) return null;
	return (
		<Box
			component="img"
			src={src}
			alt={alt}
			loading="lazy"
			width={1200}
			height={800}
			sx={{ display: 'block', width: '100%', height: 'auto', my: 1, border: 1, borderColor: 'divider', borderRadius: 1 }}
		/>
	);
}
