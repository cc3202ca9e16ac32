namespace Splade.Testing;

/// <summary>Variables of the tests' own process, for as long as this lives: what else runs there must not heed them.</summary>
public sealed class EnvironmentVariables : IDisposable
{
    private readonly Dictionary<string, string?> _before;

    public EnvironmentVariables(params IEnumerable<(string Name, string? Value)> variables)
    {
        (string Name, string? Value)[] set = [.. variables];
        _before = set.ToDictionary(variable => variable.Name, variable => Environment.GetEnvironmentVariable(variable.Name));
        Array.ForEach(set, variable => Environment.SetEnvironmentVariable(variable.Name, variable.Value));
    }

    public void Dispose()
    {
        foreach ((string name, string? value) in _before)
        {
            Environment.SetEnvironmentVariable(name, value);
        }
    }
}
