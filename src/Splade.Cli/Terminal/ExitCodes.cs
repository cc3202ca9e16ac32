namespace Splade.Cli.Terminal;

/// <summary>What the process tells its caller; the help text lists them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int WrongUsage = 2;

    /// <summary>What shells report of a program that was ended by Ctrl+C.</summary>
    public const int Cancelled = 130;
}
