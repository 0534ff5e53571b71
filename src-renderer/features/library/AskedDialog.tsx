import { DetailsDialog } from './DetailsDialog.tsx';
import { EditModelDialog } from './EditModelDialog.tsx';
import { ExportDialog } from './ExportDialog.tsx';
import { LoadDialog } from './LoadDialog.tsx';
import { RelocateDialog } from './RelocateDialog.tsx';
import { RemoveDialog } from './RemoveDialog.tsx';
import { closeAsked, useTable } from './tableStore.ts';

/** The dialog that is open over the table, if one is. */
export function AskedDialog() {
	const asked = useTable((state) => state.asked);
	const [first] = asked?.models ?? [];
	if (!asked || !first) return null;
	switch (asked.what) {
		case 'load':
			return <LoadDialog model={first} onClose={closeAsked} />;
		case 'remove':
			return <RemoveDialog models={asked.models} onClose={closeAsked} />;
		case 'export':
			return <ExportDialog models={asked.models} onClose={closeAsked} />;
		case 'edit':
			return <EditModelDialog model={first} onClose={closeAsked} />;
		case 'relocate':
			return <RelocateDialog model={first} onClose={closeAsked} />;
		case 'details':
			return <DetailsDialog model={first} onClose={closeAsked} />;
	}
}
