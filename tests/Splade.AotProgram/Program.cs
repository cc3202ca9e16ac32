using System.Text;
using Splade.AI;
using Splade.AotProgram;

// A program that is compiled to one native file: `dotnet publish -c Release -r linux-x64`. It runs where no .NET is installed.
if (args is not [string modelFolder])
{
    Console.Error.WriteLine("Expected one argument: the folder of a SPLADE model, for example models/splade-tiny");
    return 2;
}

Console.OutputEncoding = Encoding.UTF8;
try
{
    await Walkthrough.RunAsync(modelFolder, Console.Out);
    return 0;
}
catch (SpladeModelException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}
