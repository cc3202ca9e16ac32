using System.Globalization;
using Splade.AI;

namespace Splade.Cli.Terminal;

/// <summary>What stands for devices on the command line: <c>cpu</c>, <c>auto</c>, <c>cuda</c>, or <c>cuda:0,cuda:1</c>.</summary>
internal sealed record DeviceName(ExecutionProvider Provider, IReadOnlyList<int> Ids)
{
    private const string CudaPrefix = "cuda:";

    public static DeviceName Cpu { get; } = new(ExecutionProvider.Cpu, [0]);

    /// <returns>Null if it names no devices, or one of them twice.</returns>
    public static DeviceName? TryParse(string name) => name switch
    {
        "cpu" => Cpu,
        "auto" => new DeviceName(ExecutionProvider.Auto, [0]),
        "cuda" => new DeviceName(ExecutionProvider.Cuda, [0]),
        _ => TryParseIds(name) is int[] ids ? new DeviceName(ExecutionProvider.Cuda, ids) : null,
    };

    private static int[]? TryParseIds(string names)
    {
        var ids = new List<int>();
        foreach (string name in names.Split(','))
        {
            if (!name.StartsWith(CudaPrefix, StringComparison.Ordinal)
                || !int.TryParse(name.AsSpan(CudaPrefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                || ids.Contains(id))
            {
                return null;
            }

            ids.Add(id);
        }

        return [.. ids];
    }
}
