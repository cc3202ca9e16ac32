using Splade.AI.OnnxGraph;

namespace Splade.AI.Tests.OnnxGraph;

public sealed class OnnxFileTests
{
    public static TheoryData<string> Models => new(FixtureModels.All);

    [Theory]
    [MemberData(nameof(Models))]
    public void WriteTo_Unchanged_GivesTheSameBytes(string model)
    {
        string path = FixtureModels.PathOf(model);
        using OnnxFile file = OnnxFile.Open(path);
        using var copy = new MemoryStream();
        file.WriteTo(copy);
        Assert.True(copy.GetBuffer().AsSpan(0, (int)copy.Length).SequenceEqual(File.ReadAllBytes(path)));
    }

    [Fact]
    public void Parse_EveryTruncation_RefusesOrReadsWhatIsWhole()
    {
        byte[] model = SmallModel();
        int refused = 0;
        for (int length = 0; length < model.Length; length += 1 + (length / 200))
        {
            refused += Survives(model.AsMemory(0, length)) ? 0 : 1;
        }

        // The graph is one field: whatever cuts it is found.
        Assert.InRange(refused, 100, int.MaxValue);
    }

    [Fact]
    public void Parse_FlippedBytes_ReadsOrRefuses()
    {
        byte[] model = SmallModel();
        var random = new Random(7);
        for (int i = 0; i < Trials.Of(1000, slow: 3000); i++)
        {
            byte[] damaged = [.. model];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            }

            Survives(damaged);
        }
    }

    [Theory]
    [InlineData(new byte[0], "0 graphs")]
    [InlineData(new byte[] { 0x3A, 0x05, 0x0A }, "wants 5 bytes, 1 are left")]
    [InlineData(new byte[] { 0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F }, "wants 9223372036854775807 bytes")]
    [InlineData(new byte[] { 0x80 }, "does not end")]
    [InlineData(new byte[] { 0x3B }, "wire type 3")]
    [InlineData(new byte[] { 0x00, 0x00 }, "field number 0")]
    public void Parse_DamagedBytes_SaysWhatIsWrong(byte[] model, string found)
    {
        var error = Assert.Throws<SpladeModelException>(() => OnnxFile.Parse(model, "model.onnx"));
        Assert.Contains(found, error.Message, StringComparison.Ordinal);
        Assert.Contains("Copy it again from its origin", error.Message, StringComparison.Ordinal);
        Assert.Equal("model.onnx", error.Path);
    }

    [Fact]
    public void Open_MissingFile_NamesIt() =>
        Assert.Equal("nowhere.onnx", Assert.Throws<SpladeModelException>(() => OnnxFile.Open("nowhere.onnx")).Path);

    /// <summary>A real graph without its big tensors: the damage meets structure.</summary>
    private static byte[] SmallModel()
    {
        using OnnxFile file = OnnxFile.Open(FixtureModels.PathOf(FixtureModels.Small));
        return new ModelRewriter(file, DecoderFinder.Find(file, 3000).Decoder!).TileMaxPooling().Model;
    }

    private static bool Survives(ReadOnlyMemory<byte> model)
    {
        try
        {
            using OnnxFile file = OnnxFile.Parse(model, Path.Combine(Path.GetDirectoryName(FixtureModels.PathOf(FixtureModels.Small))!, "damaged.onnx"));
            if (DecoderFinder.Find(file, 3000).Decoder is Decoder decoder)
            {
                new DecoderReader(file, decoder).ReadBias();
                new ModelRewriter(file, decoder).CutBeforeDecoder();
            }

            return true;
        }
        catch (SpladeModelException)
        {
            return false;
        }
    }
}
