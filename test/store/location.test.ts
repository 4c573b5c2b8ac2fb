import { resolve } from 'node:path';
import { readDatabaseUrl } from '../../src/store/location.js';

describe('A DATABASE_URL', () => {
  it.each([
    ['file:data/linq-remove.db', resolve('data/linq-remove.db')],
    ['file:./x.db', resolve('x.db')],
    ['file:/var/lib/linq.db', '/var/lib/linq.db'],
    ['file:///var/lib/my%20linq.db', '/var/lib/my linq.db'],
    ['file::memory:', ':memory:'],
    [':memory:', ':memory:'],
  ])('%s names the SQLite database %s', (url, target) => {
    expect(readDatabaseUrl(url)).toMatchObject({ engine: 'sqlite', target });
  });

  it.each([
    ['postgres://u:p@db.example.com:5432/linq', 'postgres://db.example.com:5432/linq'],
    ['postgresql://db/linq?user=u&password=p', 'postgres://db/linq'],
    ['postgres://u:p@[broken/linq', 'postgres://…'],
  ])('%s is a server, shown as %s', (url, shown) => {
    expect(readDatabaseUrl(url)).toEqual({ engine: 'postgres', target: url, shown });
  });
});
