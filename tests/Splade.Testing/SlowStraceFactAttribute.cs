namespace Splade.Testing;

/// <summary>A slow test that watches the system calls of a process, and is skipped where that cannot be done.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class SlowStraceFactAttribute : SlowFactAttribute
{
    public SlowStraceFactAttribute()
    {
        if (Trials.AreAll)
        {
            Skip = new StraceFactAttribute().Skip;
        }
    }
}
