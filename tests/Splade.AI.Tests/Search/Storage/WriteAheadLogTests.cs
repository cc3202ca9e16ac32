using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

public sealed class WriteAheadLogTests : IDisposable
{
    private const int MagicLength = 8;

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-log-").FullName;

    private string File => Path.Combine(_folder, "test.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Open_AfterRecords_ReadsThemInOrderAndGoesOn()
    {
        byte[][] records = Records(50);
        Write(records[..20]);
        using (WriteAheadLog sut = WriteAheadLog.Open(File, _ => { }))
        {
            Append(sut, records[20..]);
        }

        Assert.Equal(records, Read());
    }

    [Fact]
    public void Open_TornAtAnyByte_HasTheRecordsBeforeAndTakesMore()
    {
        byte[][] records = Records(6);
        Write(records);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int[] ends = [.. records.Aggregate(new List<int> { MagicLength }, (list, r) => [.. list, list[^1] + LogRecord.HeaderSize + r.Length])];
        for (int length = MagicLength; length <= whole.Length; length++)
        {
            // What the file system has not written yet may be missing, or zeros.
            foreach (int zeros in new[] { 0, 1, 100 })
            {
                System.IO.File.WriteAllBytes(File, [.. whole[..length], .. new byte[zeros]]);
                int kept = ends.Count(end => end <= length) - 1;
                Assert.Equal(records[..kept], Read());
                using (WriteAheadLog sut = WriteAheadLog.Open(File, _ => { }))
                {
                    Append(sut, [[1, 2, 3]]);
                }

                Assert.Equal([.. records[..kept], [1, 2, 3]], Read());
            }
        }
    }

    [Fact]
    public void Open_AnyByteChanged_IsRefusedUnlessItIsInTheLastRecord()
    {
        byte[][] records = Records(6);
        Write(records);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int last = whole.Length - records[^1].Length - LogRecord.HeaderSize;
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x41;
            System.IO.File.WriteAllBytes(File, changed);
            if (i < last)
            {
                Assert.Contains(File, Assert.Throws<SearchStorageException>(() => Read()).Message, StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(records[..^1], Read());
            }
        }
    }

    [Fact]
    public async Task Flush_ManyCallers_BringsAllToTheDisk()
    {
        using (WriteAheadLog sut = WriteAheadLog.Create(File))
        {
            var appending = new Lock();
            await Parallel.ForEachAsync(Enumerable.Range(0, 500), new ParallelOptions { MaxDegreeOfParallelism = 16 }, (i, _) =>
            {
                long position;
                lock (appending)
                {
                    position = sut.Append(BitConverter.GetBytes(i));
                }

                sut.Flush(position);
                return ValueTask.CompletedTask;
            });
        }

        Assert.Equal(Enumerable.Range(0, 500), Read().Select(record => BitConverter.ToInt32(record)).Order());
    }

    [Fact]
    public void Of_KnownBytes_IsTheChecksumOfTheStandard()
    {
        // RFC 3720, appendix B.4: 32 zeros, 32 ones, ascending bytes; and the usual check value.
        Assert.Equal(0x8A9136AAu, Checksum.Of(new byte[32]));
        Assert.Equal(0x62A8AB43u, Checksum.Of([.. Enumerable.Repeat((byte)0xFF, 32)]));
        Assert.Equal(0x46DD794Eu, Checksum.Of([.. Enumerable.Range(0, 32).Select(i => (byte)i)]));
        Assert.Equal(0xE3069283u, Checksum.Of("123456789"u8));
        Assert.Equal(Checksum.Of("123456789"u8), Checksum.Of("6789"u8, Checksum.Of("12345"u8)));
    }

    [Fact]
    public void Take_FolderThatIsTaken_IsRefusedUntilItIsGivenBack()
    {
        using (FolderLock.Take(_folder))
        {
            Assert.Contains("Another index", Assert.Throws<SearchStorageException>(() => FolderLock.Take(_folder)).Message, StringComparison.Ordinal);
        }

        FolderLock.Take(_folder).Dispose();
    }

    [Fact]
    public void Replace_AfterPrepare_PutsTheNewContentInPlaceOfTheOld()
    {
        DurableFile.Prepare(File, "first"u8);
        DurableFile.Replace(File);
        DurableFile.Prepare(File, "second"u8);
        Assert.Equal("first", System.IO.File.ReadAllText(File));
        DurableFile.Replace(File);
        Assert.Equal("second", System.IO.File.ReadAllText(File));
        Assert.Equal([File], Directory.GetFiles(_folder));
    }

    private static byte[][] Records(int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            byte[] record = new byte[random.Next(1, 40)];
            random.NextBytes(record);
            return record;
        })];
    }

    private static void Append(WriteAheadLog log, IEnumerable<byte[]> records)
    {
        foreach (byte[] record in records)
        {
            log.Flush(log.Append(record));
        }
    }

    private void Write(IEnumerable<byte[]> records)
    {
        using WriteAheadLog log = WriteAheadLog.Create(File);
        Append(log, records);
    }

    private List<byte[]> Read()
    {
        var records = new List<byte[]>();
        WriteAheadLog.Open(File, record => records.Add(record.ToArray())).Dispose();
        return records;
    }
}
