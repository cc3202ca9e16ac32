using Splade.Benchmarks.Commands;
using Splade.Benchmarks.Models;

namespace Splade.Benchmarks.Encoding;

/// <summary>A model to encode with, and how many documents it is given so that a run takes minutes.</summary>
/// <param name="Name">What tables call it.</param>
/// <param name="Folder">Where it is, written if need be.</param>
/// <param name="Documents">How many documents a round has: enough for batches of 32 to differ from smaller ones.</param>
/// <param name="MemoryDocuments">How many documents a child process encodes for its peak memory.</param>
internal sealed record EncodeModel(string Name, Func<string> Folder, int Documents, int MemoryDocuments)
{
    private static readonly Dictionary<string, EncodeModel> Known = new()
    {
        ["tiny"] = new("splade-tiny", () => Path.Combine(Repository.Models, "splade-tiny"), Documents: 64, MemoryDocuments: 64),
        ["minilm"] = Random(BertShape.MiniLm, documents: 24, memoryDocuments: 24),
        ["base"] = Random(BertShape.Base, documents: 12, memoryDocuments: 12),
    };

    /// <summary>What is said of random models.</summary>
    public string Notice { get; private init; } = "";

    /// <exception cref="UsageException">There is no model of a name.</exception>
    public static IReadOnlyList<EncodeModel> Find(Arguments arguments) => arguments.Text("--model") is string folder
        ? [new EncodeModel(Path.GetFileName(Path.TrimEndingDirectorySeparator(folder)), () => folder, Documents: 64, MemoryDocuments: 64)]
        : [.. (arguments.List("--models") ?? ["tiny"]).Select(name => Known.GetValueOrDefault(name)
            ?? throw new UsageException($"unknown model '{name}', expected some of {string.Join(", ", Known.Keys)}."))];

    private static EncodeModel Random(BertShape shape, int documents, int memoryDocuments) => new(
        $"{shape.Name} ({shape.Layers} layers, {shape.Hidden} wide, random weights)", () => RandomModel.Ensure(shape), documents, memoryDocuments)
    {
        Notice = $" Its decoder's bias is one number, set so that about {RandomModel.ActiveEntries} entries of a vector are positive, as in trained "
            + "models; how many entries a shortcut through int8 has to look at again is not that of a trained model.",
    };
}
