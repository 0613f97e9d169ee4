import { Layout } from '../src/layout/Layout';
import { useLanguage } from '../src/language/useLanguage';

export default function NotFound() {
  const { say } = useLanguage();
  return (
    <Layout title={say('notFound')}>
      <h1>{say('notFound')}</h1>
    </Layout>
  );
}
