using Splade.AI;
using Splade.Benchmarks.Corpora;
using Splade.Benchmarks.Encoding;
using Splade.Benchmarks.Models;

namespace Splade.Benchmarks.Tests.Models;

/// <summary>A random model of a small size, through ONNX Runtime and every contender.</summary>
public sealed class RandomModelTests : IDisposable
{
    private static readonly BertShape Small = new("small", Layers: 2, Hidden: 32, Heads: 2, Intermediate: 64);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("splade-tests-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Ensure_Small_IsReadByAllContendersAlike()
    {
        string folder = RandomModel.Ensure(Small, _folder.FullName);
        using var context = new EncoderContext(folder);
        var generator = new TextGenerator(context.Raw.Tokenizer);
        string[] texts = [.. new[] { 20, 197, 150, 8, 260, 197 }.Select((tokens, i) => generator.Text(tokens, seed: 100 + i))];
        using IDocumentEncoder careful = EncoderContenders.Find("careful-2").Load(context);
        IReadOnlyList<SparseVector> expected = careful.Encode(texts);

        // About as many as wanted: these texts are not those that the bias was found with.
        Assert.InRange(expected[1].Count, RandomModel.ActiveEntries / 3, RandomModel.ActiveEntries * 3);
        foreach (string id in new[] { "fastembed-1", "fastembed-4", "careful-1", "ours" })
        {
            using IDocumentEncoder encoder = EncoderContenders.Find(id).Load(context);
            Agreement found = Agreement.Of(expected, encoder.Encode(texts));
            Assert.True(found.IsSame, $"{id}: {found}");
        }
    }

    [Fact]
    public void Write_SameSeed_GivesTheSameFile()
    {
        string[] paths = [Path.Combine(_folder.FullName, "1.onnx"), Path.Combine(_folder.FullName, "2.onnx")];
        Array.ForEach(paths, path => ModelStream.Write(path, Small, seed: 3));
        Assert.Equal(File.ReadAllBytes(paths[0]), File.ReadAllBytes(paths[1]));
    }
}
