"""The library: the schedules saved on this computer, and how they are downloaded, named and updated."""
