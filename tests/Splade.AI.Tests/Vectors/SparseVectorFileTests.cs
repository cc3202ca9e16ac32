namespace Splade.AI.Tests.Vectors;

public sealed class SparseVectorFileTests
{
    private static readonly SavedVector[] Few =
    [
        new(KnownDocument.Vector, "moon"),
        new(new SparseVector([], [], 30522)),
        new(new SparseVector([0, 1, 30521], [float.Epsilon, .1f, float.MaxValue], 30522), ""),
        new(KnownDocument.Vector, "Grüße 🚀 \n"),
    ];

    public static TheoryData<bool> Ways => [false, true];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_WrittenVectors_AreTheSame(bool isAsync)
    {
        byte[] file = await WriteAsync(Few, isAsync);
        Assert.Equal(Few, await ReadAsync(new MemoryStream(file), isAsync));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_NoVectors_IsEmpty(bool isAsync)
    {
        byte[] file = await WriteAsync([], isAsync);
        Assert.Equal(40, file.Length);
        Assert.Empty(await ReadAsync(new MemoryStream(file), isAsync));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Read_ManyBlocksThroughASlowStream_AreTheSame(bool isAsync)
    {
        SavedVector[] many = Many(20_000);
        byte[] file = await WriteAsync(many, isAsync);

        Assert.True(file.Length > 1_000_000);
        Assert.Equal(many, await ReadAsync(new SlowStream(file), isAsync));
    }

    [Fact]
    public void Write_KnownDocument_TakesSixBytesAnEntry()
    {
        using var stream = new MemoryStream();
        SparseVectorFile.Write(stream, Enumerable.Repeat(new SavedVector(KnownDocument.Vector), 1000));
        Assert.InRange(stream.Length / 34_000.0, 5, 6);
    }

    [Fact]
    public void Write_OneVector_HasTheDocumentedBytes()
    {
        using var stream = new MemoryStream();
        SparseVectorFile.Write(stream, [new(new SparseVector([2, 131], [1f, .5f], 200), "a")]);

        Assert.Equal(
            "53504C5645430D0A" + "01000000" + "C8000000" + "523A0010"
            + "0000000000000000" + "01000000" + "0E000000" + "E50D2732" + "0261" + "02" + "02" + "8001" + "0000803F" + "0000003F"
            + "0100000000000000" + "00000000" + "00000000" + "14977CB0",
            Convert.ToHexString(stream.ToArray()));
    }

    [Fact]
    public async Task Read_CutAnywhere_GivesWhatIsWholeAndThenThrows()
    {
        byte[] file = await WriteAsync(Few, isAsync: false);
        for (int length = 0; length < file.Length; length++)
        {
            AssertDamaged(file[..length], "cut short");
        }

        byte[] many = await WriteAsync(Many(20_000), isAsync: false);
        List<SavedVector> read = AssertDamaged(many[..^1], $"At byte {many.Length - 20}, after 20000 vectors");
        Assert.Equal(Many(20_000), read);
    }

    [Fact]
    public async Task Read_AnyBitFlipped_Throws()
    {
        byte[] file = await WriteAsync(Few, isAsync: false);
        for (int bit = 0; bit < file.Length * 8; bit++)
        {
            byte[] damaged = [.. file];
            damaged[bit / 8] ^= (byte)(1 << (bit % 8));
            AssertDamaged(damaged, "At byte ");
        }
    }

    [Fact]
    public async Task Read_BlocksLostRepeatedOrSwapped_Throws()
    {
        byte[] file = await WriteAsync(Many(20_000), isAsync: false);
        int[] starts = BlockStarts(file);
        Assert.True(starts.Length > 4);
        byte[] header = file[..20];
        byte[] first = file[starts[0]..starts[1]];
        byte[] second = file[starts[1]..starts[2]];
        byte[] rest = file[starts[2]..];

        Assert.Equal(20_000, SparseVectorFile.Read(new MemoryStream([.. header, .. first, .. second, .. rest])).Count());
        AssertDamaged([.. header, .. second, .. rest], "At byte 20, after 0 vectors: found the head");
        AssertDamaged([.. header, .. first, .. rest], "found the head");
        AssertDamaged([.. header, .. first, .. first, .. second, .. rest], "found the head");
        AssertDamaged([.. header, .. second, .. first, .. rest], "found the head");
        AssertDamaged([.. file, 0], "expected none after the end");
        AssertDamaged([.. file, .. file], "expected none after the end");
    }

    [Fact]
    public void Read_AnotherFile_IsRefused() =>
        AssertDamaged("""{"indices":[1],"values":[1],"dimensions":10}"""u8.ToArray(), "At byte 0, after 0 vectors: this is no file of sparse vectors");

    [Fact]
    public async Task Write_SourceFails_LeavesAFileThatIsNotWhole()
    {
        using var stream = new MemoryStream();
        static IEnumerable<SavedVector> Failing()
        {
            foreach (SavedVector saved in Many(20_000))
            {
                yield return saved;
            }

            throw new IOException("The source broke off.");
        }

        Assert.Throws<IOException>(() => SparseVectorFile.Write(stream, Failing()));
        AssertDamaged(stream.ToArray(), "not written to its end");
        await Assert.ThrowsAsync<IOException>(() => SparseVectorFile.WriteAsync(stream, Failing().ToAsyncEnumerable()));
    }

    [Fact]
    public void Write_VectorsOfTwoModels_NamesThePlace()
    {
        var other = new SavedVector(new SparseVector([1], [1f], 10));
        Assert.Throws<ArgumentException>("vectors", () => SparseVectorFile.Write(Stream.Null, [Few[0], other]));
        var error = Assert.Throws<ArgumentException>("vectors", () => SparseVectorFile.Write(Stream.Null, [Few[0], default]));
        Assert.Contains("position 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_VectorThatIsTooLargeOrHasNoValidId_IsRefused()
    {
        Assert.Throws<ArgumentException>("vectors", () => SparseVectorFile.Write(Stream.Null, [new(KnownDocument.Vector, new string('a', 64 * 1024 * 1024))]));
        Assert.ThrowsAny<ArgumentException>(() => SparseVectorFile.Write(Stream.Null, [new(KnownDocument.Vector, "\uD83D")]));
    }

    [Fact]
    public async Task Members_InvalidArguments_NameTheParameter()
    {
        IAsyncEnumerable<SavedVector> none = AsyncEnumerable.Empty<SavedVector>();
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.Write(null!, []));
        Assert.Throws<ArgumentNullException>("vectors", () => SparseVectorFile.Write(Stream.Null, null!));
        await Assert.ThrowsAsync<ArgumentNullException>("stream", () => SparseVectorFile.WriteAsync(null!, none));
        await Assert.ThrowsAsync<ArgumentNullException>("vectors", () => SparseVectorFile.WriteAsync(Stream.Null, null!));
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.Read(null!));
        Assert.Throws<ArgumentNullException>("stream", () => SparseVectorFile.ReadAsync(null!));
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Ends()
    {
        byte[] file = await WriteAsync(Few, isAsync: true);
        var cancelled = new CancellationToken(canceled: true);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await SparseVectorFile.ReadAsync(new MemoryStream(file)).ToListAsync(cancelled));
    }

    private static SavedVector[] Many(int count)
    {
        SparseVector[] vectors = new RandomVectors(count, 30).Next(count);
        return [.. vectors.Select((vector, i) => new SavedVector(vector, $"document {i}"))];
    }

    private static async Task<byte[]> WriteAsync(SavedVector[] vectors, bool isAsync)
    {
        using var stream = new MemoryStream();
        if (isAsync)
        {
            await SparseVectorFile.WriteAsync(stream, vectors.ToAsyncEnumerable());
        }
        else
        {
            SparseVectorFile.Write(stream, vectors);
        }

        return stream.ToArray();
    }

    private static async Task<IEnumerable<SavedVector>> ReadAsync(Stream stream, bool isAsync) =>
        isAsync ? await SparseVectorFile.ReadAsync(stream).ToListAsync() : SparseVectorFile.Read(stream).ToList();

    /// <returns>The vectors that were read before.</returns>
    private static List<SavedVector> AssertDamaged(byte[] file, string message)
    {
        var read = new List<SavedVector>();
        var error = Assert.Throws<InvalidDataException>(() =>
        {
            foreach (SavedVector saved in SparseVectorFile.Read(new MemoryStream(file)))
            {
                read.Add(saved);
            }
        });
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        return read;
    }

    private static int[] BlockStarts(byte[] file)
    {
        var starts = new List<int>();
        for (int at = 20; at < file.Length; at += 20 + BitConverter.ToInt32(file, at + 12))
        {
            starts.Add(at);
        }

        return [.. starts];
    }

    /// <summary>Gives a few bytes at a time, as a network does.</summary>
    private sealed class SlowStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 1021)]);

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            base.ReadAsync(buffer[..Math.Min(buffer.Length, 1021)], cancellationToken);
    }
}
