namespace Splade.AI.Tests.Search.Storage;

/// <summary>An index that was closed, or a backup; the files that it had before; those of another index; and ways to damage it.</summary>
internal sealed class DamageScene
{
    private const int Sessions = 4;

    private readonly string _whole;
    private readonly string[] _names;
    private readonly ILookup<string, byte[]> _earlier;
    private readonly ILookup<string, byte[]> _others;

    private DamageScene(string whole, InsertionOrderedModel<string, SparseVector> expected, IEnumerable<string> earlier, string other)
    {
        _whole = whole;
        Expected = expected;
        _names = [.. Directory.GetFiles(whole).Select(file => Path.GetFileName(file)).Where(name => name != "lock").Order(StringComparer.Ordinal)];
        _earlier = Read(earlier.SelectMany(Directory.GetFiles));
        _others = Read(Directory.GetFiles(other));
    }

    /// <summary>What the index holds.</summary>
    public InsertionOrderedModel<string, SparseVector> Expected { get; }

    public static async Task<DamageScene> MakeAsync(TemporaryFolder folder, bool isStore, int seed)
    {
        var earlier = new List<string>();
        var writes = new ScriptedWrites(seed);
        int step = 0;
        string index = folder.PathOf("index");
        bool isBackup = seed % 3 == 1;
        for (int session = 0; session < Sessions; session++)
        {
            using IScriptedIndex writer = StorageProgram.Open(index, isStore);
            for (int more = 0; more < 4 + (seed % 3); more++)
            {
                writes.Do(step++, writer);
                Keep();
            }

            if (isBackup && session == Sessions - 1)
            {
                await writer.BackupAsync(folder.PathOf("backup"));
                Keep();
            }
        }

        Keep();
        using (IScriptedIndex other = StorageProgram.Open(folder.PathOf("other"), isStore))
        {
            var others = new ScriptedWrites(seed + 100_000);
            for (int i = 0; i < 12; i++)
            {
                others.Do(i, other);
            }
        }

        return new DamageScene(isBackup ? folder.PathOf("backup") : index, writes.After(step), earlier, folder.PathOf("other"));

        // While others merge, a file may go before it is copied.
        void Keep()
        {
            string kept = folder.PathOf($"earlier {earlier.Count}");
            Directory.CreateDirectory(kept);
            foreach (string file in Directory.GetFiles(index).Where(file => Path.GetFileName(file) != "lock"))
            {
                try
                {
                    File.Copy(file, Path.Combine(kept, Path.GetFileName(file)));
                }
                catch (FileNotFoundException)
                {
                    continue;
                }
            }

            earlier.Add(kept);
        }
    }

    /// <summary>Makes a copy and damages one of its files.</summary>
    /// <returns>What was done.</returns>
    public string Damage(Random random, string copy)
    {
        string name = _names[random.Next(_names.Length)];
        byte[] bytes = File.ReadAllBytes(Path.Combine(_whole, name));
        (string what, byte[]? damaged) = Damaged(random, name, bytes);
        IndexCopy.Make(_whole, copy, name, damaged);
        return $"{name} of {bytes.Length} bytes: {what}";
    }

    private static ILookup<string, byte[]> Read(IEnumerable<string> files) => files
        .OrderBy(file => file, StringComparer.Ordinal)
        .ToLookup(file => Path.GetFileName(file).Split('-')[0], File.ReadAllBytes);

    private (string What, byte[]? Damaged) Damaged(Random random, string name, byte[] bytes)
    {
        string kind = name.Split('-')[0];
        int at = random.Next(bytes.Length);
        int length = random.Next(bytes.Length - at) + 1;
        byte[] damaged = [.. bytes];
        switch (random.Next(9))
        {
            case 0 or 1:
                damaged[at] ^= (byte)(1 << random.Next(8));
                return ($"a bit of byte {at}", damaged);
            case 2:
                return ($"cut at {at}", damaged[..at]);
            case 3:
                Array.Clear(damaged, at, length);
                return ($"{length} zeros at {at}", damaged);
            case 4:
                return ($"{length} bytes of {at} again at the end", [.. damaged, .. bytes.AsSpan(at, length)]);
            case 5:
                int from = random.Next(bytes.Length);
                length = Math.Min(length, bytes.Length - from);
                bytes.AsSpan(from, length).CopyTo(damaged.AsSpan(at));
                return ($"{length} bytes of {from} at {at}", damaged);
            case 6:
                return ("that of another index", One(random, _others[kind]));
            case 7:
                return ("an earlier one", One(random, _earlier[kind]));
            default:
                return ("deleted", null);
        }
    }

    private static byte[]? One(Random random, IEnumerable<byte[]> all) => all.Any() ? all.ElementAt(random.Next(all.Count())) : null;
}
