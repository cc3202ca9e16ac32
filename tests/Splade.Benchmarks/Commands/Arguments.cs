using System.Globalization;

namespace Splade.Benchmarks.Commands;

/// <summary>The options that a benchmark was called with.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _values = [];
    private readonly List<string> _rest = [];

    private Arguments()
    {
    }

    /// <summary>What is no option, in order.</summary>
    public IReadOnlyList<string> Rest => _rest;

    /// <exception cref="UsageException">An option is unknown or lacks its value.</exception>
    public static Arguments Parse(IReadOnlyList<string> args, IReadOnlyList<BenchmarkOption> known)
    {
        var parsed = new Arguments();
        for (int i = 0; i < args.Count; i++)
        {
            if (!args[i].StartsWith("--", StringComparison.Ordinal))
            {
                parsed._rest.Add(args[i]);
                continue;
            }

            BenchmarkOption option = known.FirstOrDefault(o => o.Name == args[i])
                ?? throw new UsageException($"unknown option '{args[i]}', expected one of {string.Join(", ", known.Select(o => o.Name))}.");
            parsed._values[option.Name] = option.IsSwitch ? ""
                : ++i < args.Count ? args[i]
                : throw new UsageException($"option '{option.Name}' lacks its value {option.Value}.");
        }

        return parsed;
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    /// <exception cref="UsageException">The value is no number above 0.</exception>
    public int? Number(string name) => Text(name) is not string text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0 ? number
        : throw new UsageException($"option '{name}' is '{text}', expected a number above 0.");

    /// <summary>The values of an option that takes several, separated by commas; null where it is not given.</summary>
    public IReadOnlyList<string>? List(string name) => Text(name)?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
