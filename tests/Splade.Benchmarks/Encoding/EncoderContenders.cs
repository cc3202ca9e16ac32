using Splade.AI;
using Splade.Benchmarks.Commands;

namespace Splade.Benchmarks.Encoding;

/// <summary>The ways to encode documents that are compared. A new one is a line here.</summary>
internal static class EncoderContenders
{
    public static IReadOnlyList<EncoderContender> All { get; } =
    [
        FastEmbed(1),
        FastEmbed(4),
        FastEmbed(32),
        Careful(1),
        Careful(2),
        Careful(4),
        Careful(8),
        CarefulSpinning(1),
        CarefulSpinning(4),
        Ours("ours", "Splade.AI, Exact", folder => new SpladeEngineOptions(folder)),
        Ours("ours-no-cascade", "Splade.AI, Exact without cascade", folder => new SpladeEngineOptions(folder) { Cascade = false }),
        Ours("ours-no-screen", "Splade.AI, Exact without screen", folder => new SpladeEngineOptions(folder) { Screen = false }),
        Ours("ours-fast", "Splade.AI, Fast", folder => new SpladeEngineOptions(folder) { Precision = Precision.Fast }) with { IsExact = false },
    ];

    /// <summary>Those that are compared unless others are asked for: of the careful loop the sizes that have been the best somewhere.</summary>
    private static readonly string[] Default =
        ["fastembed-1", "fastembed-4", "fastembed-32", "careful-1", "careful-4", "ours-no-screen", "ours-no-cascade", "ours", "ours-fast"];

    /// <summary>The contenders of these ids; null for the default ones.</summary>
    /// <exception cref="UsageException">There is no contender of an id.</exception>
    public static IReadOnlyList<EncoderContender> Find(IReadOnlyList<string>? ids) => [.. (ids ?? Default).Select(Find)];

    /// <exception cref="UsageException">There is none.</exception>
    public static EncoderContender Find(string id) => All.FirstOrDefault(c => c.Id == id)
        ?? throw new UsageException($"unknown contender '{id}', expected one of {string.Join(", ", All.Select(c => c.Id))}.");

    private static EncoderContender FastEmbed(int batchSize) => new(
        $"fastembed-{batchSize}",
        $"FastEmbed's arithmetic, batch {batchSize}",
        ContenderKind.FastEmbed,
        context => new FastEmbedEncoder(context.Raw, batchSize))
    {
        WholeTensorRows = batchSize,
    };

    // Threads that spin after a run take a core from the maximum.
    private static EncoderContender Careful(int batchSize) => new(
        $"careful-{batchSize}", $"careful loop, batch {batchSize}", ContenderKind.Careful, context => new CarefulLoop(context.Resting, batchSize));

    private static EncoderContender CarefulSpinning(int batchSize) => new(
        $"careful-{batchSize}-spinning",
        $"careful loop, batch {batchSize}, spinning threads",
        ContenderKind.Careful,
        context => new CarefulLoop(context.Raw, batchSize));

    private static EncoderContender Ours(string id, string name, Func<string, SpladeEngineOptions> options) => new(
        id, name, ContenderKind.Ours, context => new EngineEncoder(options(context.ModelFolder)));
}
