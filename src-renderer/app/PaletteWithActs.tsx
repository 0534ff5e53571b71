import { useHandbookActs } from '../features/help/useHandbookActs.ts';
import { CommandPalette } from '../features/search/CommandPalette.tsx';
import { useActs } from './useActs.ts';

/** The command palette over every act there is, and the handbook. Its code is fetched when it is first opened (Palette.tsx). */
export function PaletteWithActs({ onClose }: { onClose: () => void }) {
	return <CommandPalette acts={useActs()} findPages={useHandbookActs()} onClose={onClose} />;
}
