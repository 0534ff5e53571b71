import '@fontsource-variable/inter';
import { createTheme } from '@mui/material/styles';
import type {} from '@mui/material/themeCssVarsAugmentation';
import type { SeriesColour } from '../ui/seriesColours.ts';
import { palettes } from './palette.ts';
import { printStyles } from './printStyles.ts';

declare module '@mui/material/styles' {
	interface Palette {
		/** Surfaces beside the page and its papers: the navigation rail, wells such as code and bars, and lines that must be seen. */
		surface: { rail: string; sunken: string; line: string };
		/** What stands side by side in a drawing, the largest first. */
		series: Record<SeriesColour, string>;
	}
	interface PaletteOptions {
		surface?: { rail: string; sunken: string; line: string };
		series?: Record<SeriesColour, string>;
	}
}

const fontFamily =
	'"Inter Variable", "PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "WenQuanYi Micro Hei", system-ui, sans-serif';
const text = { fontSize: '0.875rem', lineHeight: 1.5, letterSpacing: 0 };
const strong = { ...text, fontWeight: 600 };
const title = { fontSize: '1.25rem', lineHeight: 1.4, fontWeight: 600, letterSpacing: '-0.011em' };
const caption = { fontSize: '0.75rem', lineHeight: 1.5, letterSpacing: 0 };

/** Dots, bars and patches of colour: boxes without a word, said elsewhere or by their label. */
const drawn = 'div[role=img], :is(div, span)[aria-hidden=true]:is(:empty, :has(> :only-child:empty))';

/**
 * Where the system forces its colours on the page, backgrounds are gone: what is chosen is told by the system's own colour for that, a button by
 * its edge, and what is drawn with backgrounds alone keeps its own.
 */
const forcedColours = {
	'.Mui-selected, a.active, [aria-selected=true], [aria-pressed=true]': {
		forcedColorAdjust: 'none',
		backgroundColor: 'Highlight !important',
		color: 'HighlightText !important',
	},
	':is(.Mui-selected, a.active, [aria-selected=true], [aria-pressed=true]) *': { color: 'HighlightText !important' },
	'.MuiButton-root, .MuiToggleButton-root': { border: '1px solid ButtonBorder' },
	[`.MuiSwitch-track, .MuiSwitch-thumb, .MuiLinearProgress-root, .MuiLinearProgress-bar, ${drawn}, :is(${drawn}) > *`]: { forcedColorAdjust: 'none' },
	'.MuiSwitch-track': { outline: '1px solid ButtonText' },
};

/** Homeroom's look: an 8-pixel grid, two text sizes and a caption, one accent, and a dark scheme of its own. */
export const theme = createTheme({
	cssVariables: { colorSchemeSelector: 'data-scheme' },
	colorSchemes: { light: { palette: palettes.light }, dark: { palette: palettes.dark } },
	shape: { borderRadius: 6 },
	spacing: 8,
	typography: {
		fontFamily,
		h1: title,
		h2: strong,
		h3: strong,
		h4: strong,
		h5: strong,
		h6: strong,
		subtitle1: strong,
		subtitle2: strong,
		body1: text,
		body2: text,
		button: { ...text, fontWeight: 550, textTransform: 'none' },
		caption,
		overline: { ...caption, textTransform: 'none' },
	},
	components: {
		MuiCssBaseline: {
			styleOverrides: {
				'html, body, #root': { height: '100%' },
				body: {
					overflow: 'hidden',
					fontFeatureSettings: '"cv05", "calt"',
					scrollbarColor: 'var(--mui-palette-surface-line) transparent',
					scrollbarWidth: 'thin',
				},
				':focus-visible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 },
				// A title in a script that is written from right to left stands where those of its neighbours do.
				'.MuiTypography-noWrap[dir=auto], td [dir=auto]': { textAlign: ['-webkit-match-parent', 'match-parent'] },
				// A drawing is walked through by arrows, and would show nothing before the first of them.
				'html .MuiChartsSurface-root:has(:focus-visible)': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: -2 },
				'[tabindex="-1"]:focus-visible': { outline: 'none' },
				...printStyles,
				'@media (forced-colors: active)': forcedColours,
				'@media (prefers-reduced-motion: reduce)': {
					'*, *::before, *::after': {
						animationDuration: '0.01ms !important',
						animationIterationCount: '1 !important',
						transitionDuration: '0.01ms !important',
						scrollBehavior: 'auto !important',
					},
				},
			},
		},
		MuiButtonBase: {
			defaultProps: { disableRipple: true },
			styleOverrides: { root: { '&.Mui-focusVisible': { outline: '2px solid var(--mui-palette-primary-main)', outlineOffset: 2 } } },
		},
		MuiButton: {
			defaultProps: { disableElevation: true, size: 'medium' },
			styleOverrides: {
				root: { minHeight: 36, padding: '6px 14px', whiteSpace: 'nowrap' },
				sizeSmall: { minHeight: 30, padding: '3px 10px' },
				// The accent means "act here": a second act beside the main one is neutral.
				outlined: {
					borderColor: 'var(--mui-palette-surface-line)',
					'&:not(.MuiButton-colorError):not(.Mui-disabled)': { color: 'var(--mui-palette-text-primary)' },
				},
			},
		},
		MuiIconButton: { defaultProps: { size: 'small' }, styleOverrides: { root: { borderRadius: 6 } } },
		MuiPaper: {
			defaultProps: { elevation: 0 },
			styleOverrides: { root: { backgroundImage: 'none' }, outlined: { borderColor: 'var(--mui-palette-divider)' } },
		},
		MuiDialog: {
			styleOverrides: { paper: { borderRadius: 10, border: '1px solid var(--mui-palette-divider)', boxShadow: '0 16px 48px rgba(0, 0, 0, 0.24)' } },
		},
		MuiDialogTitle: { styleOverrides: { root: { ...title, fontSize: '1.25rem', padding: '20px 24px 8px' } } },
		MuiDialogActions: { styleOverrides: { root: { padding: '12px 24px 20px', gap: 4 } } },
		MuiMenu: { styleOverrides: { paper: { border: '1px solid var(--mui-palette-divider)', boxShadow: '0 8px 24px rgba(0, 0, 0, 0.18)' } } },
		MuiMenuItem: { styleOverrides: { root: { ...text, minHeight: 36 } } },
		MuiTextField: { defaultProps: { size: 'small' } },
		MuiSelect: { defaultProps: { size: 'small' } },
		MuiOutlinedInput: {
			styleOverrides: { root: { backgroundColor: 'var(--mui-palette-background-paper)' }, notchedOutline: { borderColor: 'var(--mui-palette-surface-line)' } },
		},
		MuiInputBase: { styleOverrides: { root: text } },
		MuiFormHelperText: { styleOverrides: { root: { ...caption, marginLeft: 0 } } },
		MuiTable: { defaultProps: { size: 'small' } },
		MuiTableCell: {
			styleOverrides: {
				root: { ...text, fontVariantNumeric: 'tabular-nums', borderColor: 'var(--mui-palette-divider)' },
				sizeSmall: { padding: '6px 12px', '&:first-of-type': { paddingInlineStart: 16 }, '&:last-of-type': { paddingInlineEnd: 16 } },
				head: { ...caption, color: 'var(--mui-palette-text-secondary)', fontWeight: 500, whiteSpace: 'nowrap' },
			},
		},
		MuiChip: { defaultProps: { size: 'small' }, styleOverrides: { root: { ...caption, borderRadius: 4, height: 22 } } },
		MuiTooltip: { defaultProps: { enterDelay: 400 }, styleOverrides: { tooltip: { ...caption, padding: '4px 8px' } } },
		MuiLink: { defaultProps: { underline: 'always' } },
		MuiAlert: { styleOverrides: { root: { ...text, alignItems: 'flex-start' }, message: { minWidth: 0, overflowWrap: 'anywhere' } } },
		MuiLinearProgress: { styleOverrides: { root: { height: 4, borderRadius: 2, backgroundColor: 'var(--mui-palette-divider)' }, bar: { borderRadius: 2 } } },
		MuiToggleButton: {
			styleOverrides: {
				root: {
					...text,
					textTransform: 'none',
					minHeight: 34,
					padding: '4px 14px',
					color: 'var(--mui-palette-text-secondary)',
					borderColor: 'var(--mui-palette-surface-line)',
					'&.Mui-selected': { color: 'var(--mui-palette-text-primary)' },
				},
			},
		},
		MuiSnackbarContent: { styleOverrides: { root: { ...text, borderRadius: 8 } } },
	},
});
