namespace Splade.Testing;

/// <summary>How often a test tries what must hold every time.</summary>
public static class Trials
{
    /// <summary>Whether the slow set is run: build.cs says so by the environment.</summary>
    public static bool AreAll { get; } = Environment.GetEnvironmentVariable("SPLADE_SLOW_TESTS") == "1";

    /// <summary>So many as usual, or so many as the slow set tries.</summary>
    public static int Of(int usual, int slow) => AreAll ? slow : usual;
}
