namespace Splade.AI.Tests.TestData;

/// <summary>A slow test that compiles a program ahead of time, and is skipped where there is nothing to do that with.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class AotFactAttribute : SlowFactAttribute
{
    public AotFactAttribute()
    {
        if (IsOn)
        {
            Skip = PublishedProgram.Obstacle;
        }
    }
}
