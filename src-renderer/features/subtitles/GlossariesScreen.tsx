import { useParams } from 'react-router';
import { GlossaryList } from './GlossaryList.tsx';
import { GlossaryPage } from './GlossaryPage.tsx';

/** What names and terms are to be called: all glossaries, or one of them. The address says which. */
export function GlossariesScreen() {
	const { glossaryId } = useParams();
	return glossaryId === undefined ? <GlossaryList /> : <GlossaryPage key={glossaryId} glossaryId={glossaryId} />;
}
