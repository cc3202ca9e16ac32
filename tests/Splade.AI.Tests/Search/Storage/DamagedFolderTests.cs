using Splade.AI.Search;

namespace Splade.AI.Tests.Search.Storage;

/// <summary>Disks that are full or read-only, and files with other bytes than were written.</summary>
public sealed class DamagedFolderTests
{
    private static readonly SparseVector Query = new([.. Enumerable.Range(0, ScriptedWrites.Dimensions)], [.. Enumerable.Repeat(1f, ScriptedWrites.Dimensions)], ScriptedWrites.Dimensions);

    [Fact]
    public void Open_AnyByteChanged_IsRefusedOrChangesNothing()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.PathOf("whole");
        var writes = new ScriptedWrites(11);
        SearchHit<string>[] expected;
        using (SparseIndex<string> index = StorageProgram.Open(whole))
        {
            for (int step = 0; step < 14; step++)
            {
                writes.Do(step, index);
            }

            expected = [.. index.Search(Query, 1000)];
        }

        string[] files = [.. Directory.GetFiles(whole).Where(file => Path.GetFileName(file) != "lock")];
        Assert.Contains(files, file => Path.GetFileName(file).StartsWith("segment", StringComparison.Ordinal));
        int refused = 0;
        foreach (string file in files)
        {
            byte[] bytes = File.ReadAllBytes(file);
            for (int i = 0; i < bytes.Length; i += bytes.Length < 2000 ? Trials.Of(5, slow: 1) : Trials.Of(29, slow: 7))
            {
                // Bytes behind the end of a section are not looked at, and there are many of them.
                if (bytes[i] == 0 && i % 50 != 0)
                {
                    continue;
                }

                bool isFiller = bytes[i] == 0;
                bytes[i] ^= 0x41;
                string copy = IndexCopy.Make(whole, folder.PathOf("copy"), Path.GetFileName(file), bytes);
                bytes[i] ^= 0x41;
                try
                {
                    using SparseIndex<string> damaged = StorageProgram.Open(copy);
                    Assert.Equal(expected, damaged.Search(Query, 1000));
                    Assert.True(isFiller, $"{file}, byte {i}");
                }
                catch (SearchStorageException e)
                {
                    Assert.StartsWith(copy, e.Path, StringComparison.Ordinal);
                    refused++;
                }
            }
        }

        Assert.True(refused > Trials.Of(80, slow: 500), $"{refused} refused");
    }

    [Fact]
    public void Open_FileMissingOrShort_NamesIt()
    {
        using var folder = new TemporaryFolder();
        string whole = folder.PathOf("whole");
        using (SparseIndex<string> index = StorageProgram.Open(whole))
        {
            index.Upsert(Enumerable.Range(0, 100).Select(i => ($"key {i}", new SparseVector([i % 7], [1], 7))));
            index.Upsert("one more", new SparseVector([1], [1], 7));
        }

        foreach (string file in Directory.GetFiles(whole).Where(file => Path.GetFileName(file) != "lock"))
        {
            byte[] bytes = File.ReadAllBytes(file);
            foreach (int length in new[] { 0, 5, bytes.Length / 2, bytes.Length - 1 }.Where(length => length < bytes.Length))
            {
                string copy = IndexCopy.Make(whole, folder.PathOf("copy"), Path.GetFileName(file), bytes[..length]);
                Assert.StartsWith(copy, Assert.Throws<SearchStorageException>(() => StorageProgram.Open(copy)).Path, StringComparison.Ordinal);
            }

            string without = IndexCopy.Make(whole, folder.PathOf("copy"), Path.GetFileName(file));
            Assert.StartsWith(without, Assert.Throws<SearchStorageException>(() => StorageProgram.Open(without)).Path, StringComparison.Ordinal);
        }
    }

    [SmallDiskFact]
    public void Upsert_FullDisk_KeepsWhatWasAcknowledged()
    {
        using var folder = new TemporaryFolder();
        string fill = $"dotnet '{TestProgram.Path}' fill '{folder.PathOf("index")}'";
        (int exitCode, string output, string error) = SmallDiskFactAttribute.Start($"{fill} && {fill}", "400k", folder.Path);
        Assert.True(exitCode == 0, error);
        string[] lines = output.Trim().Split('\n');
        string[] first = lines[0].Split(' ', 4);
        string[] second = lines[1].Split(' ', 4);
        Assert.Equal(("0", "True"), (first[0], first[2]));
        Assert.True(int.Parse(first[1], System.Globalization.CultureInfo.InvariantCulture) > 100, output);
        Assert.Contains("Make room on the disk, or", first[3], StringComparison.Ordinal);

        // The next process finds what the first had acknowledged.
        Assert.Equal((first[1], "True"), (second[0], second[2]));
    }

    [SmallDiskFact]
    public void Open_ReadOnlyDisk_IsRefused()
    {
        using var folder = new TemporaryFolder();
        string hold = $"dotnet '{TestProgram.Path}' hold '{folder.PathOf("index")}' < /dev/null";
        (int exitCode, string output, string error) = SmallDiskFactAttribute.Start($"{hold} && mount -o remount,ro '{folder.Path}' && {hold}", "400k", folder.Path);
        Assert.Equal("open", output.Trim());
        Assert.NotEqual(0, exitCode);
        Assert.Contains("The folder cannot be written to", error, StringComparison.Ordinal);
    }
}
