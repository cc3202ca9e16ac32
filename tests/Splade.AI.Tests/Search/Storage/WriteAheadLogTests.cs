using Microsoft.Win32.SafeHandles;
using Splade.AI.Search;
using Splade.AI.Search.Storage;

namespace Splade.AI.Tests.Search.Storage;

public sealed class WriteAheadLogTests : IDisposable
{
    private static readonly FolderOptions Options = new("sparse", "string", EmbeddingSpace: null, Verify: true);

    private readonly string _folder = Directory.CreateTempSubdirectory("splade-log-").FullName;

    private string File => Path.Combine(_folder, "test.log");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Read_AfterRecords_HasThemInOrder()
    {
        byte[][] records = Records(50);
        NamedLog begun = Write(records);
        LogContent sut = LogContent.Read(File, begun, Options);
        Assert.Equal(records, Contents(sut));
        Assert.Equal(new FileInfo(File).Length, sut.Whole.Length);
        Assert.Equal(records, Contents(LogContent.Read(File, sut.Whole, Options)));
    }

    [Fact]
    public void Create_FromAnotherLog_HasItsRecordsAndTakesMore()
    {
        byte[][] records = Records(30);
        LogContent before = LogContent.Read(File, Write(records[..20]), Options);
        System.IO.File.Delete(File);
        NamedLog begun = Write(records[20..], before);
        Assert.NotEqual(before.Whole.Id, begun.Id);
        Assert.Equal(records, Contents(LogContent.Read(File, begun, Options)));
    }

    [Fact]
    public void Read_TornAtAnyByte_HasTheRecordsBefore()
    {
        byte[][] records = Records(6);
        NamedLog begun = Write(records);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int[] ends = [.. records.Aggregate(new List<int> { LogHeader.Size }, (list, r) => [.. list, list[^1] + LogRecord.HeaderSize + r.Length])];
        for (int length = LogHeader.Size; length <= whole.Length; length++)
        {
            // What the file system has not written yet may be missing, or zeros.
            foreach (int zeros in new[] { 0, 1, 100 })
            {
                System.IO.File.WriteAllBytes(File, [.. whole[..length], .. new byte[zeros]]);
                Assert.Equal(records[..(ends.Count(end => end <= length) - 1)], Contents(LogContent.Read(File, begun, Options)));
            }
        }
    }

    [Fact]
    public void Read_AnyByteChanged_IsRefusedUnlessItIsInTheLastRecord()
    {
        byte[][] records = Records(6);
        NamedLog begun = Write(records);
        byte[] whole = System.IO.File.ReadAllBytes(File);
        int last = whole.Length - records[^1].Length - LogRecord.HeaderSize;
        for (int i = 0; i < whole.Length; i++)
        {
            byte[] changed = [.. whole];
            changed[i] ^= 0x41;
            System.IO.File.WriteAllBytes(File, changed);
            if (i < last)
            {
                Assert.Contains(File, Refusal(begun), StringComparison.Ordinal);
            }
            else
            {
                Assert.Equal(records[..^1], Contents(LogContent.Read(File, begun, Options)));
            }
        }
    }

    [Fact]
    public void Read_ShorterThanTheManifestKnows_IsRefused()
    {
        byte[][] records = Records(6);
        NamedLog begun = Write(records);
        NamedLog known = LogContent.Read(File, begun, Options).Whole with { IsClosed = false };
        byte[] whole = System.IO.File.ReadAllBytes(File);
        System.IO.File.WriteAllBytes(File, whole[..^1]);
        Assert.Contains($"Found {whole.Length - 1} bytes, expected at least {whole.Length}", Refusal(known), StringComparison.Ordinal);
        System.IO.File.WriteAllBytes(File, [.. whole[..^1], 0, 0]);
        Assert.Contains("is damaged", Refusal(known), StringComparison.Ordinal);

        // Behind that the end may be torn.
        System.IO.File.WriteAllBytes(File, [.. whole, 0, 0]);
        Assert.Equal(records, Contents(LogContent.Read(File, known, Options)));
        Assert.Contains($"expected {whole.Length}:", Refusal(known with { IsClosed = true }), StringComparison.Ordinal);
    }

    [Fact]
    public void Read_RecordsOfOneFlushInAnyOrder_EndsBeforeTheFirstThatIsMissing()
    {
        // Nobody was told of any of them, so that the disk may have the last without the first.
        NamedLog begun;
        long first, second;
        using (WriteAheadLog log = Create(out begun))
        {
            log.Flush(first = log.Append([1, 1, 1]));
            second = log.Append([2, 2, 2]);
            log.Append([3, 3, 3]);
        }

        byte[] bytes = System.IO.File.ReadAllBytes(File);
        Array.Clear(bytes, (int)first, (int)(second - first));
        System.IO.File.WriteAllBytes(File, bytes);
        LogContent sut = LogContent.Read(File, begun, Options);
        Assert.Equal([[1, 1, 1]], Contents(sut));
        Assert.Equal(first, sut.Whole.Length);
    }

    [Fact]
    public async Task Flush_ManyCallers_BringsAllToTheDisk()
    {
        NamedLog begun;
        using (WriteAheadLog sut = Create(out begun))
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

        Assert.Equal(Enumerable.Range(0, 500), Contents(LogContent.Read(File, begun, Options)).Select(record => BitConverter.ToInt32(record)).Order());
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

    private static List<byte[]> Contents(LogContent log)
    {
        var records = new List<byte[]>();
        log.Replay(record => records.Add(record.ToArray()));
        return records;
    }

    private string Refusal(NamedLog named) => Assert.Throws<SearchStorageException>(() => LogContent.Read(File, named, Options)).Message;

    private WriteAheadLog Create(out NamedLog begun, LogContent? from = null)
    {
        SafeFileHandle file = System.IO.File.OpenHandle(File, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        var log = WriteAheadLog.Create(file, File, new LogHeader(Guid.NewGuid(), Options.Kind, Options.Keys), from);
        begun = log.Named;
        return log;
    }

    private NamedLog Write(IEnumerable<byte[]> records, LogContent? from = null)
    {
        using WriteAheadLog log = Create(out NamedLog begun, from);
        foreach (byte[] record in records)
        {
            log.Flush(log.Append(record));
        }

        return begun;
    }
}
