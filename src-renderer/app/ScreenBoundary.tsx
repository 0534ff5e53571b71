import Box from '@mui/material/Box';
import { Component, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorNotice } from '../ui/ErrorNotice.tsx';

/** Keeps a mistake in one screen from taking the frame with it: says what happened and offers the screen anew. */
export class ScreenBoundary extends Component<{ children: ReactNode }, { error: unknown }> {
	override state: { error: unknown } = { error: null };

	static getDerivedStateFromError(error: unknown): { error: unknown } {
		return { error: error ?? new Error('unknown') };
	}

	override render() {
		if (this.state.error === null) return this.props.children;
		return <BrokenScreen error={this.state.error} onRetry={() => this.setState({ error: null })} />;
	}
}

function BrokenScreen({ error, onRetry }: { error: unknown; onRetry: () => void }) {
	const { t } = useTranslation('ui');
	return (
		<Box sx={{ p: 3, maxWidth: 720 }}>
			<ErrorNotice error={error} action={{ label: t('again'), onClick: onRetry }} />
		</Box>
	);
}
